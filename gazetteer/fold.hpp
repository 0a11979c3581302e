#pragma once
#include <string>
#include <string_view>

namespace demarc {

/// Key F of a token: NFKD, marks off, đ -> d, ø -> o, ł -> l, ß -> ss, lower case, letters and digits only
/// (so apostrophes, ʼ and · vanish). Non-Latin scripts keep their letters (hangul recomposed to syllables).
/// LEGAL "P'yŏnggang" -> "pyonggang", "Kŭmsŏng" -> "kumsong", "Ёлка" -> "елка" (й stays й), "金城" -> "金城". Valid UTF-8 in and out.
[[nodiscard]] std::string fold_token(std::string_view token);

/// Key O of a folded token: letters that OCR confuses made one (rn->m, cl->d, vv->w, ii and il -> ll, i/l/1->l, 0->o).
/// "ii" and "il" meet: fold_ocr("kimiisung") == fold_ocr("kimilsung").
[[nodiscard]] std::string fold_ocr(std::string_view folded);

}  // namespace demarc
