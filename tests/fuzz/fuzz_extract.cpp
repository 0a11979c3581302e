// Any bytes through the readers' decoding and header, the rules and the placing. Mentions must nest and lie in the text.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "extractor/extractor.hpp"
#include "extractor/readers/archive_header.hpp"
#include "extractor/readers/encoding.hpp"
#include "extractor/rule_set.hpp"
#include "gazetteer/embedded.hpp"
#include "geo/placer.hpp"

using namespace demarc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 1 << 16) return 0;  // longer inputs only cost time: nothing depends on more
    static const RuleSet rules = std::move(RuleSet::compile(std::move(parse_rule_files(builtin_rule_files())).value())).value();
    static const Gazetteer gazetteer = std::move(Gazetteer::from_memory(embedded_gazetteer())).value();
    static const ReferenceLines lines = std::move(ReferenceLines::parse(embedded_lines(), "lines.geojson")).value();
    static const Placer placer(gazetteer, lines, {});
    static const Extractor extractor(rules, gazetteer);
    static Workspace workspace;
    auto decoded = decode_text({reinterpret_cast<const char*>(data), size});
    if (!std::holds_alternative<DecodedText>(decoded)) return 0;
    ExtractedDocument extracted;
    extracted.document.id = "fuzz";
    extracted.document.text = std::move(std::get<DecodedText>(decoded).text);
    read_archive_header(extracted.document);
    extracted.mentions = extractor.extract(extracted.document, workspace);
    std::vector<std::uint32_t> open;
    for (const Mention& mention : extracted.mentions) {
        if (mention.span.empty() || mention.span.end > extracted.document.text.size()) std::abort();
        while (!open.empty() && open.back() <= mention.span.begin) open.pop_back();
        if (!open.empty() && mention.span.end > open.back()) std::abort();
        open.push_back(mention.span.end);
    }
    std::vector<Problem> problems;
    placer.place(extracted, problems);
    return 0;
}
