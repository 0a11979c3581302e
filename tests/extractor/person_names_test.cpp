#include "extractor/person_names.hpp"
#include "tests/catch.hpp"

using namespace demarc;

TEST_CASE("a name's words are folded and its slug joins them") {
    CHECK(name_words("Kim II Sung") == std::vector<std::string>{"kim", "ii", "sung"});
    CHECK(name_words("J. E. B. Stuart") == std::vector<std::string>{"j", "e", "b", "stuart"});
    CHECK(name_slug("Pak Hŏn-yŏng") == "pak-hon-yong");
    CHECK(name_slug("") == "");
    CHECK(name_slug("Kim II SUNG") == "kim-ii-sung");
    for (const char* name : {"Kim  Sung", " Kim Sung", "Kim Sung ", "Kim. Sung", "Kim-Sung", "Kim\nSung", "(Kim) @Sung["}) CHECK(name_slug(name) == "kim-sung");
    CHECK(name_slug("O'Neill 2nd") == "oneill-nd");
}

TEST_CASE("words one edit apart are told from the same and from others") {
    CHECK(one_edit_apart("li", "le"));
    CHECK(one_edit_apart("kenong", "kennong"));
    CHECK(one_edit_apart("kennong", "kenong"));
    CHECK_FALSE(one_edit_apart("murray", "butler"));
    CHECK_FALSE(one_edit_apart("a", "abcdef"));
}

TEST_CASE("one slip in one word, the rest of five letters or more the same") {
    CHECK(one_slip_apart({"le", "kenong"}, {"li", "kenong"}));
    CHECK_FALSE(one_slip_apart({"le", "kenong"}, {"la", "kenang"}));  // two words differ
    CHECK_FALSE(one_slip_apart({"li", "kenong"}, {"li", "kenong"}));  // nothing differs
    CHECK_FALSE(one_slip_apart({"li", "yu"}, {"le", "yu"}));          // too little stays the same
    CHECK_FALSE(one_slip_apart({"kenong"}, {"kenang"}));
    CHECK_FALSE(one_slip_apart({"j", "murray"}, {"t", "murray"}));  // initials are no misprints of each other
}
