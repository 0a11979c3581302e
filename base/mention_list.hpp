#pragma once
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace demarc {

struct Mention;

/// The mentions of a document in their order. A mention is large, and stays where it was made: growing, putting into another order and handing over to another
/// list move pointers only, so that references stay valid until the mention is dropped. Copies are deep.
class MentionList {
    using Pointers = std::vector<std::unique_ptr<Mention>>;

    template <class M>
    class Iterator {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = Mention;
        using difference_type = std::ptrdiff_t;
        using pointer = M*;
        using reference = M&;
        Iterator() = default;
        explicit Iterator(Pointers::const_iterator at) : at_(at) {}
        M& operator*() const { return **at_; }
        M* operator->() const { return at_->get(); }
        Iterator& operator++() {
            ++at_;
            return *this;
        }
        Iterator operator++(int) { return Iterator(at_++); }
        bool operator==(const Iterator& other) const { return at_ == other.at_; }

    private:
        Pointers::const_iterator at_;
    };

public:
    using value_type = Mention;
    using iterator = Iterator<Mention>;
    using const_iterator = Iterator<const Mention>;

    MentionList();
    MentionList(std::initializer_list<Mention> mentions);
    MentionList(const MentionList& other);
    MentionList(MentionList&& other) noexcept;
    MentionList& operator=(MentionList other) noexcept;
    ~MentionList();

    [[nodiscard]] std::size_t size() const { return pointers_.size(); }
    [[nodiscard]] bool empty() const { return pointers_.empty(); }
    [[nodiscard]] Mention& operator[](std::size_t index) { return *pointers_[index]; }
    [[nodiscard]] const Mention& operator[](std::size_t index) const { return *pointers_[index]; }
    [[nodiscard]] Mention& front() { return *pointers_.front(); }
    [[nodiscard]] const Mention& front() const { return *pointers_.front(); }
    [[nodiscard]] Mention& back() { return *pointers_.back(); }
    [[nodiscard]] const Mention& back() const { return *pointers_.back(); }
    [[nodiscard]] iterator begin() { return iterator(pointers_.begin()); }
    [[nodiscard]] iterator end() { return iterator(pointers_.end()); }
    [[nodiscard]] const_iterator begin() const { return const_iterator(pointers_.begin()); }
    [[nodiscard]] const_iterator end() const { return const_iterator(pointers_.end()); }

    void reserve(std::size_t size);
    void clear();
    void push_back(const Mention& mention);
    void push_back(Mention&& mention);
    void push_back(std::unique_ptr<Mention> mention);  ///< not null
    /// Hands a mention over. Its place stays empty: take all of them, and then clear().
    [[nodiscard]] std::unique_ptr<Mention> take(std::size_t index);

private:
    Pointers pointers_;
};

}  // namespace demarc
