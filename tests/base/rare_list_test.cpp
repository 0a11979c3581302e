#include "base/rare_list.hpp"

#include <string>

#include "tests/catch.hpp"

using namespace demarc;

TEST_CASE("a list that is rarely used holds nothing until something is added") {
    const RareList<std::string> none;
    CHECK(none.empty());
    CHECK(none.size() == 0);
    CHECK(none.begin() == none.end());
    CHECK(RareList<std::string>({}).empty());
    CHECK(sizeof(none) == sizeof(void*));
}

TEST_CASE("a list that is rarely used is copied deeply, moved and cleared") {
    RareList<std::string> list = {"first"};
    list.push_back("second");
    RareList<std::string> copy = list;
    copy[0] = "another";
    CHECK(list[0] == "first");
    CHECK(copy.size() == 2);
    list = copy;
    copy.push_back("third");
    CHECK(std::vector<std::string>(list.begin(), list.end()) == std::vector<std::string>{"another", "second"});
    const RareList<std::string> moved = std::move(copy);
    CHECK(moved.size() == 3);
    list.clear();
    CHECK(list.empty());
    list.push_back("anew");
    CHECK(list.size() == 1);
}
