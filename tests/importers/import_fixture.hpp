#pragma once
#include <sstream>
#include <string>
#include <vector>

#include "base/packed_files.hpp"
#include "gazetteer/embedded.hpp"
#include "gazetteer/importers/delimited.hpp"
#include "gazetteer/importers/places_json.hpp"
#include "tests/catch.hpp"

namespace demarc::test {

struct Imported {
    std::vector<SourceRecord> records;
    ImportReport report;

    [[nodiscard]] const SourceRecord& record(const std::string& id) const {
        for (const SourceRecord& record : records) {
            if (record.id == id) return record;
        }
        static const SourceRecord none;
        return none;
    }
};

/// The built-in mappings, the general ones last.
inline std::vector<ImportMapping> builtin_mappings() {
    std::vector<ImportMapping> special, general;
    for (const auto& [path, content] : unpack_files(embedded_mappings())) {
        auto mapping = parse_mapping(content, path);
        INFO(path);
        REQUIRE(mapping);
        (path.starts_with("any_") ? general : special).push_back(std::move(*mapping));
    }
    special.insert(special.end(), general.begin(), general.end());
    return special;
}

/// Reads a table as `gazetteer build` does; `mappings` before the built-in ones.
inline Imported import_table(const std::string& text, const std::string& path = "table.txt", const ExtraNames& extra = {}, std::vector<ImportMapping> mappings = {}) {
    for (ImportMapping& mapping : builtin_mappings()) mappings.push_back(std::move(mapping));
    std::string_view first = std::string_view(text).substr(0, text.find('\n'));
    if (first.starts_with("\xEF\xBB\xBF")) first.remove_prefix(3);
    const auto mapping = mapping_of(path, first, mappings);
    INFO(first);
    REQUIRE(mapping);
    Imported out;
    std::istringstream in(text);
    read_delimited_places(in, path, *mapping, {}, extra, out.report, [&](SourceRecord&& record) { out.records.push_back(std::move(record)); });
    return out;
}

inline Imported import_json(const std::string& text, bool lines = false, const std::string& path = "places.json") {
    Imported out;
    std::istringstream in(text);
    const PlacesJson form = places_json_of(text);
    REQUIRE(form != PlacesJson::none);
    read_places_json(in, path, form, {}, {}, out.report, [&](SourceRecord&& record) { out.records.push_back(std::move(record)); }, lines);
    return out;
}

/// "name(lang)|…" of a record.
inline std::string names_of(const SourceRecord& record) {
    std::string out;
    for (const SourceName& name : record.names) out += (out.empty() ? "" : "|") + name.text + (name.lang.empty() ? "" : "(" + name.lang + ")");
    return out;
}

}  // namespace demarc::test
