#pragma once
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

namespace demarc {

/// A list that most of its holders leave empty: one pointer to hold, null while nothing was added. Copies are deep.
template <class T>
class RareList {
public:
    RareList() = default;
    RareList(std::initializer_list<T> items) : items_(items.size() == 0 ? nullptr : std::make_unique<std::vector<T>>(items)) {}
    RareList(const RareList& other) : items_(other.empty() ? nullptr : std::make_unique<std::vector<T>>(*other.items_)) {}
    RareList(RareList&& other) noexcept = default;
    RareList& operator=(RareList other) noexcept {
        items_.swap(other.items_);
        return *this;
    }

    [[nodiscard]] bool empty() const { return items_ == nullptr || items_->empty(); }
    [[nodiscard]] std::size_t size() const { return items_ == nullptr ? 0 : items_->size(); }
    [[nodiscard]] T& operator[](std::size_t index) { return (*items_)[index]; }
    [[nodiscard]] const T& operator[](std::size_t index) const { return (*items_)[index]; }
    [[nodiscard]] T* begin() { return items_ == nullptr ? nullptr : items_->data(); }
    [[nodiscard]] T* end() { return begin() + size(); }
    [[nodiscard]] const T* begin() const { return items_ == nullptr ? nullptr : items_->data(); }
    [[nodiscard]] const T* end() const { return begin() + size(); }

    void push_back(T item) {
        if (items_ == nullptr) items_ = std::make_unique<std::vector<T>>();
        items_->push_back(std::move(item));
    }
    void clear() { items_.reset(); }

private:
    std::unique_ptr<std::vector<T>> items_;
};

}  // namespace demarc
