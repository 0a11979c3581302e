#include "gazetteer/fold.hpp"

#include "tests/catch.hpp"

using namespace demarc;

TEST_CASE("key F folds marks, case and apostrophes") {
    const std::pair<const char*, const char*> rows[] = {
        {"P'yŏnggang", "pyonggang"}, {"P’yŏnggang", "pyonggang"}, {"Pʼyŏnggang", "pyonggang"}, {"Kŭmsŏng", "kumsong"}, {"KUMSONG", "kumsong"},
        {"Điện", "dien"}, {"Łódź", "lodz"}, {"Straße", "strasse"}, {"Tromsø", "tromso"}, {"Kinjō", "kinjo"}, {"Hill", "hill"}, {"395", "395"},
        {"Ёлка", "елка"}, {"Чуйков", "чуйков"}, {"ЙОД", "йод"}, {"金城", "金城"}, {"금성", "금성"}, {"カイジョウ", "カイジョウ"}, {"がぎ", "がぎ"},
        {"ﬁeld", "field"}, {"Ⅳ", "iv"}, {"", ""}, {"—", ""}, {"İzmir", "izmir"},
    };
    for (const auto& [token, folded] : rows) CHECK(fold_token(token) == folded);
    // Hangul and marks in pieces fold as the composed letters do.
    CHECK(fold_token("\u1100\u1173\u11B7") == fold_token("금"));
    CHECK(fold_token("Ku\u0306mso\u0306ng") == "kumsong");
    CHECK(fold_token("и\u0306") == "й");
}

TEST_CASE("folding a folded token changes nothing") {
    for (const char* token : {"P'yŏnggang", "Straße", "Ёлка", "金城", "금성", "が", "Ⅳ", "Điện"}) CHECK(fold_token(fold_token(token)) == fold_token(token));
}

TEST_CASE("key O makes one of what OCR confuses") {
    CHECK(fold_ocr("kimiisung") == fold_ocr("kimilsung"));
    CHECK(fold_ocr("kaes0ng") == fold_ocr("kaesong"));
    CHECK(fold_ocr("kurnsong") == fold_ocr("kumsong"));
    CHECK(fold_ocr("clalian") == fold_ocr("dalian"));
    CHECK(fold_ocr("vvonsan") == fold_ocr("wonsan"));
    CHECK(fold_ocr("pusan") != fold_ocr("busan"));
    CHECK(fold_ocr("") == "");
}
