#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/document.hpp"

namespace demarc {

/// Who writes to whom, into metadata.sender and metadata.recipients where they are empty: "X to Y" in metadata.title, or filling one of
/// the first five lines; else a recipient from a line that begins "to Cde. …". `lines` are the document's first, trimmed.
/// "X to Y" counts where the words before it name a letter, telegram, note …, or X or Y holds an office or title.
/// LEGAL "Ciphered Telegram No. 25465 from Beijing, Mao Zedong to Cde. Filippov [Stalin]", "Prince Gortchacow to Mr. De Stoeckl.",
/// "The Ambassador in Korea (Muccio) to the Secretary of State". ILLEGAL "The Road to Panmunjom", "From Pusan to Seoul".
void read_parties(const std::vector<std::string_view>& lines, DocumentMetadata& metadata);

/// "Kim Il Sung and Peng Dehuai; Zhou Enlai" -> three names. At most 100.
[[nodiscard]] std::vector<std::string> split_names(std::string_view text);

}  // namespace demarc
