#include "gazetteer/importers/import_report.hpp"

namespace demarc {

void ImportReport::leave(const std::string& reason, const std::string& where) {
    constexpr std::size_t max_examples = 20;
    std::uint64_t& count = left[reason];
    if (count++ == 0 && examples.size() < max_examples) examples.push_back(where + ": " + reason);
}

}  // namespace demarc
