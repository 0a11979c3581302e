#include "base/mention_list.hpp"

#include "base/mention.hpp"

namespace demarc {

MentionList::MentionList() = default;
MentionList::MentionList(std::initializer_list<Mention> mentions) {
    reserve(mentions.size());
    for (const Mention& mention : mentions) push_back(mention);
}
MentionList::MentionList(const MentionList& other) {
    reserve(other.size());
    for (const Mention& mention : other) push_back(mention);
}
MentionList::MentionList(MentionList&& other) noexcept = default;
MentionList& MentionList::operator=(MentionList other) noexcept {
    pointers_.swap(other.pointers_);
    return *this;
}
MentionList::~MentionList() = default;

void MentionList::reserve(std::size_t size) { pointers_.reserve(size); }
void MentionList::clear() { pointers_.clear(); }
void MentionList::push_back(const Mention& mention) { pointers_.push_back(std::make_unique<Mention>(mention)); }
void MentionList::push_back(Mention&& mention) { pointers_.push_back(std::make_unique<Mention>(std::move(mention))); }
void MentionList::push_back(std::unique_ptr<Mention> mention) { pointers_.push_back(std::move(mention)); }
std::unique_ptr<Mention> MentionList::take(std::size_t index) { return std::move(pointers_[index]); }

}  // namespace demarc
