#include "gazetteer/importers/record_draft.hpp"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include "base/token_hash.hpp"
#include "base/utf8.hpp"
#include "gazetteer/name_tokens.hpp"
#include "gazetteer/source_table.hpp"

namespace demarc {
namespace {

constexpr std::size_t max_names = 200, max_name_bytes = 256;

bool only_capitals(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; });
}

bool is_latin(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        UErrorCode status = U_ZERO_ERROR;
        const UScriptCode script = uscript_getScript(static_cast<UChar32>(next_code_point(text, at)), &status);
        if (script != USCRIPT_LATIN && script != USCRIPT_COMMON && script != USCRIPT_INHERITED) return false;
    }
    return true;
}

std::string folded(std::string_view text) {
    std::string out;
    for (const std::string& token : name_tokens(text)) out += (out.empty() ? "" : " ") + token;
    return out;
}

// Where documents of the time spell names by ways that start from the native script (rules/names/routes.toml).
bool keeps_native(std::string_view country) {
    constexpr std::array<std::string_view, 11> countries = {"KP", "KR", "CN", "TW", "JP", "RU", "SU", "UA", "BY", "MN", "VN"};
    return country.empty() || std::find(countries.begin(), countries.end(), country) != countries.end();
}

}  // namespace

std::string name_language(std::string_view lang, std::string_view text, std::string_view country) {
    const icu::Locale locale = icu::Locale::createCanonical(std::string(lang).c_str());
    std::string language = locale.getLanguage();
    if (language.size() != 2) language.clear();
    const std::string han = country == "KP" || country == "KR" ? "ko-Hani" : country == "JP" ? "ja-Hani" : "zh-Hani";
    const bool transliterated = language == "ko" || language == "ja" || language == "zh" || language == "ru" || language == "uk";
    std::string out = language_of(text, transliterated ? language + "-Latn" : language, language == "ja" ? "ja-Hani" : language == "ko" ? "ko-Hani" : han);
    if (out == "ru-Cyrl" && !language.empty() && language != "ru") out = language + "-Cyrl";
    return out;
}

std::string record_id(std::string_view source_id) {
    constexpr std::array<std::array<std::string_view, 2>, 8> known = {{{"pleiades.stoa.org/places/", "pleiades-"}, {"wikidata.org/entity/", "wikidata-"}, {"wikidata.org/wiki/", "wikidata-"},
                                                                       {"geonames.org/", "geonames-"}, {"whosonfirst.org/id/", "wof-"}, {"whosonfirst.org/places/", "wof-"},
                                                                       {"whgazetteer.org/places/", "whg-"}, {"whgazetteer.org/api/db/?id=", "whg-"}}};
    std::string prefix;
    for (const auto& [address, shorter] : known) {
        if (const std::size_t at = source_id.find(address); at != std::string_view::npos) {
            prefix = shorter;
            source_id.remove_prefix(at + address.size());
            break;
        }
    }
    for (const std::string_view scheme : {"https://", "http://", "www.", "demarc:", "place:"}) {
        if (source_id.starts_with(scheme)) source_id.remove_prefix(scheme.size());
    }
    std::string out = prefix;
    for (const char c : source_id) {
        const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        const bool plain = (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9');
        if (plain) out += small;
        else if (!out.empty() && out.back() != '-') out += '-';
    }
    while (!out.empty() && out.back() == '-') out.pop_back();
    return out.substr(0, 200);
}

std::string made_up_id(std::string_view name, std::string_view place) {
    if (name.empty()) return {};
    char digits[9];
    std::snprintf(digits, sizeof digits, "%08x", static_cast<unsigned>(token_hash(std::string(name) + "|" + std::string(place)) & 0xffffffffu));
    return std::string(name) + "-" + digits;
}

std::string country_code(std::string_view code) {
    std::string upper;
    for (const char c : code) upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    if (!std::all_of(upper.begin(), upper.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) return {};
    if (upper.size() == 2) return upper;
    if (upper.size() != 3) return {};
    for (const char* const* country = icu::Locale::getISOCountries(); *country != nullptr; ++country) {
        if (upper == icu::Locale("", *country).getISO3Country()) return *country;
    }
    return {};
}

std::int16_t year_of(std::string_view text) {
    while (!text.empty() && (text.front() < '0' || text.front() > '9') && text.front() != '-') text.remove_prefix(1);
    int year = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
    return error == std::errc() && year >= -9999 && year <= 9999 ? static_cast<std::int16_t>(year) : std::int16_t{0};
}

RecordDraft::RecordDraft(const ImportOptions& options, ImportReport& report, std::string where) : options_(options), report_(report) {
    record.imported = true;
    record.where = std::move(where);
    ++report_.rows;
}

void RecordDraft::name_it(std::string_view text) {
    if (record.name.empty() && text.size() <= max_name_bytes) record.name = text;
}

void RecordDraft::add_name(std::string_view text, std::string_view lang, std::int16_t from, std::int16_t to) {
    if (!text.empty() && text.size() <= max_name_bytes && names_.size() < max_names) names_.push_back({std::string(text), std::string(lang), from, to});
}

void RecordDraft::finish(const UseRecord& use) {
    const std::string& where = record.where;
    record.id = record_id(record.id);
    if (record.id.empty()) return report_.leave("no id", where);
    if (record.name.empty() && !names_.empty()) record.name = names_.front().text;
    if (first_invalid_utf8(record.name) != record.name.size()) return report_.leave("not UTF-8", where);
    const std::string own = folded(record.name);
    if (own.empty()) return report_.leave("no name", where);
    if (!lon || !lat || !(*lon >= -180 && *lon <= 180) || !(*lat >= -90 && *lat <= 90)) return report_.leave("no position", where);
    if (*lon == 0 && *lat == 0) return report_.leave("position 0, 0", where);
    if (kind.kind.empty()) return report_.leave("kind of place that isn't taken", where);
    if (options_.known_ids != nullptr && options_.known_ids->contains(record.id)) return report_.leave("known already", where);
    record.position = LonLat{*lon, *lat};
    record.precision_m = kind.precision_m;
    record.rank = std::max(kind.least_rank, rank_of_population(population));
    record.kind = kind.kind == "town" && population > 0 ? settlement_kind(population) : kind.kind;
    const auto common = [&](const std::string& key) { return options_.common_words != nullptr && options_.common_words->contains(key); };
    record.ambiguous = common(own);
    std::unordered_set<std::string> seen = {own};
    SourceName main;
    main.text = record.name;
    main.kind = NameKind::main;
    // The display name keeps its language, for the routes.
    for (const Name& name : names_) {
        if (name.text == record.name && main.lang.empty()) main.lang = name_language(name.lang, name.text, record.country);
    }
    record.names.push_back(std::move(main));
    for (const Name& name : names_) {
        if (first_invalid_utf8(name.text) != name.text.size()) {
            report_.leave("a name is left out: not UTF-8", where);
            continue;
        }
        const bool latin = is_latin(name.text);
        const std::string key = latin ? folded(name.text) : name.text;
        // What a run of ours gathered has been weighed already: every spelling stays.
        if (key.empty() || (name.text == record.name) || !seen.insert(record.imported ? key : name.text).second) continue;
        if (!record.imported) {
            SourceName spelling;
            spelling.text = name.text;
            spelling.lang = name_language(name.lang, name.text, record.country);
            spelling.kind = latin ? NameKind::attested : NameKind::native;
            record.names.push_back(std::move(spelling));
        } else if (latin && (name.text.size() < 4 || (name.text.size() < 7 && only_capitals(name.text)))) {
            report_.leave("a name is left out: short", where);
        } else if (latin && common(key)) {
            report_.leave("a name is left out: a common word", where);
        } else if (latin || keeps_native(record.country)) {
            SourceName out;
            out.text = name.text;
            out.lang = name_language(name.lang, name.text, record.country);
            out.kind = latin ? NameKind::attested : NameKind::native;
            out.from = name.from, out.to = name.to;
            record.names.push_back(std::move(out));
        } else {
            report_.leave("a name is left out: a script that no document is read in here", where);
        }
    }
    ++report_.taken;
    use(std::move(record));
}

}  // namespace demarc
