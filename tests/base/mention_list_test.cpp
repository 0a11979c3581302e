#include "base/mention_list.hpp"

#include "base/mention.hpp"
#include "tests/catch.hpp"

using namespace demarc;

namespace {

Mention at(std::uint32_t begin) {
    Mention mention;
    mention.span = {begin, begin + 1};
    return mention;
}

}  // namespace

TEST_CASE("mentions stay where they are when their list grows or hands them over") {
    MentionList list;
    CHECK(list.empty());
    list.push_back(at(7));
    Mention* const first = &list[0];
    for (std::uint32_t i = 1; i < 100; ++i) list.push_back(at(i));
    CHECK(&list.front() == first);
    MentionList other;
    for (std::size_t i = 100; i-- > 0;) other.push_back(list.take(i));
    list.clear();
    CHECK(list.empty());
    CHECK(&other.back() == first);
    CHECK(other.back().span.begin == 7);
    CHECK(other[0].span.begin == 99);
}

TEST_CASE("a list of mentions is gone through in order, and copied with what it holds") {
    MentionList list{at(1), at(2)};
    const MentionList copy = list;
    for (Mention& mention : list) mention.span.begin += 10;
    std::vector<std::uint32_t> begins;
    for (const MentionList* each : {&copy, static_cast<const MentionList*>(&list)}) {
        for (const Mention& mention : *each) begins.push_back(mention.span.begin);
    }
    CHECK(begins == std::vector<std::uint32_t>{1, 2, 11, 12});
    list = copy;
    CHECK(list.size() == 2);
    CHECK(&list[0] != &copy[0]);
}
