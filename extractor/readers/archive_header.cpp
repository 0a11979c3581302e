#include "extractor/readers/archive_header.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/utf8.hpp"
#include "extractor/readers/document_parties.hpp"
#include "extractor/readers/heading_date.hpp"

namespace demarc {
namespace {

constexpr std::size_t header_window = 64 * 1024;
constexpr std::size_t max_value = 4000;   // bytes of a label's value
constexpr std::size_t max_items = 100;    // stamps, copies
constexpr std::size_t label_lines = 200;  // labels are looked for in so many lines
constexpr std::size_t block_lines = 30;   // a label's value, and the gap to the next label
constexpr std::size_t dateline_lines = 40;
constexpr std::size_t heading_bytes = 160;  // a longer line is prose
constexpr std::size_t dateline_bytes = 60;  // in prose, a dateline stands at the start

struct Line {
    std::string_view text;  // without white space around it
    std::uint32_t begin = 0, end = 0;
};

bool white(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && white(text.front())) text.remove_prefix(1);
    while (!text.empty() && white(text.back())) text.remove_suffix(1);
    return text;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    return out;
}

// The lines from the first that isn't empty.
std::vector<Line> head_lines(std::string_view text) {
    std::vector<Line> lines;
    for (std::size_t at = 0; at < text.size() && lines.size() < label_lines + block_lines;) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = trimmed(text.substr(at, end - at));
        if (!lines.empty() || !line.empty()) lines.push_back({line, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
        at = end + 1;
    }
    return lines;
}

// Labels of archive pages and of typed headings.
// clang-format off
constexpr std::array<std::string_view, 30> labels = {
    "citation", "summary", "credits", "original language", "contents", "copies", "date", "from", "to", "subject", "title", "source", "translator", "archive",
    "original archive", "original uploaded", "language", "sender", "recipient", "recipients", "translated by", "author", "provenance", "collection", "info",
    "reference", "rights", "classification", "date created", "received"};
// clang-format on

// "Label:" or "Label: value" at a line's start; nullopt for an ordinary line.
struct Label {
    std::string name;
    std::string_view value;
};

std::optional<Label> label_of(std::string_view line) {
    const std::size_t colon = line.substr(0, 24).find(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    std::string name = lower(trimmed(line.substr(0, colon)));
    if (std::find(labels.begin(), labels.end(), name) == labels.end()) return std::nullopt;
    return Label{std::move(name), trimmed(line.substr(colon + 1))};
}

std::string joined(const std::vector<Line>& lines, std::size_t first, std::size_t last, std::string_view start) {
    std::string out(start.substr(0, max_value));
    for (std::size_t i = first; i < last && out.size() < max_value; ++i) {
        if (lines[i].text.empty()) continue;
        if (!out.empty()) out += ' ';
        out += lines[i].text;
    }
    if (out.size() > max_value) {
        std::size_t end = max_value;
        while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) --end;
        out.resize(end);
    }
    return out;
}

// Letters and capitals of the scripts that occur in references. RE2's \pL has 600 ranges: these patterns took 20 ms to compile with it.
const std::string letter = R"([A-Za-z\x{C0}-\x{1FFF}])", capital = R"([A-Z\x{C0}-\x{DE}\x{400}-\x{42F}])";

// "…, Wilson Center Digital Archive, RGASPI, f. 558, op. 11, d. 342, ll. 0001-0002. Translated by …"
std::string reference_in(std::string_view citation) {
    if (citation.empty()) return {};
    static const re2::RE2 fond("((?:" + capital + letter + "*(?: " + capital + letter + "*)*, )?(?:[Ff]ond|[Ff]\\.) ?[0-9A-Za-z]+(?:, " +
                               R"((?:[Oo]pis|[Oo]p\.|[Dd]elo|[Dd]\.|[Ll]isty?|ll?\.|[Pp]apka|pp?\.|[Dd]ok\.) ?\d+[a-zа-я]?(?:(?:[-–]|, ?)\d+[a-zа-я]?)*)*))");
    static const re2::RE2 western(R"((?:^|[^A-Za-z])((?:RG \d+|WO \d+/\d+|FO \d+/\d+|CAB \d+/\d+|PREM \d+/\d+|Lot \d+ ?[A-Z] ?\d+)[^"“”]*?)(?:\. |\.?$))");
    std::string found;
    const re2::StringPiece text(citation.data(), citation.size());
    if (re2::RE2::PartialMatch(text, fond, &found) || re2::RE2::PartialMatch(text, western, &found)) return std::string(trimmed(found));
    return {};
}

std::string translator_in(std::string_view text) {
    const std::size_t at = text.find("ranslated ");
    if (at == std::string_view::npos) return {};
    static const re2::RE2 pattern("ranslated (?:from [A-Za-z]+ )?by ((?:" + capital + R"([A-Za-z\x{C0}-\x{1FFF}.'’-]*[ \t]*){1,4}))");
    std::string found;
    if (!re2::RE2::PartialMatch(re2::StringPiece(text.data() + at, text.size() - at), pattern, &found)) return {};
    std::string name(trimmed(found));
    while (!name.empty() && name.back() == '.') name.pop_back();
    return name;
}

// "[Stamp: TOP SECRET]": what stands in it; nullopt where `text`, which begins with a bracket, begins with another one. By hand: a pattern that counts to 400 takes 11 million instructions to compile.
std::optional<std::string_view> stamp_at(std::string_view text) {
    static constexpr std::array<std::string_view, 5> kinds = {"Stamp", "stamp", "STAMP", "Seal", "seal"};
    constexpr std::string_view by_hand = "andwritten";
    constexpr std::size_t max_note = 40, max_stamp = 400, max_bytes = 4 * (by_hand.size() + max_note + max_stamp);
    const std::string_view inside = text.substr(1, max_bytes);
    const bool written = (inside.starts_with('H') || inside.starts_with('h')) && inside.substr(1).starts_with(by_hand);
    if (!written && std::none_of(kinds.begin(), kinds.end(), [&](std::string_view kind) { return inside.starts_with(kind); })) return std::nullopt;
    const std::size_t colon = inside.find(':'), close = inside.find(']');
    if (close == std::string_view::npos || colon > close) return std::nullopt;
    const std::string_view kind = inside.substr(0, colon);
    if (written ? count_code_points(kind.substr(1 + by_hand.size())) > max_note : std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) return std::nullopt;
    std::string_view value = inside.substr(colon + 1, close - colon - 1);
    if (value.size() > 1 && value.front() == ' ') value.remove_prefix(1);
    const std::size_t length = count_code_points(value);
    return length >= 1 && length <= max_stamp ? std::optional(value) : std::nullopt;
}

void read_stamps(std::string_view head, DocumentMetadata& metadata) {
    for (std::size_t at = head.find('['); at != std::string_view::npos && metadata.stamps.size() < max_items; at = head.find('[', at + 1)) {
        if (const auto stamp = stamp_at(head.substr(at))) metadata.stamps.emplace_back(trimmed(*stamp));
    }
}

void take_label(const Label& label, std::string value, DocumentMetadata& metadata, std::string& date_label) {
    const auto set = [&value](std::string& field) {
        if (field.empty()) field = std::move(value);
    };
    if (label.name == "citation") set(metadata.citation);
    else if (label.name == "title" || label.name == "subject") set(metadata.title);
    else if (label.name == "original language") {
        value = language_code(value);
        set(metadata.original_language);
    } else if (label.name == "language") {
        value = language_code(value);
        set(metadata.language);
    } else if (label.name == "translator" || label.name == "translated by") set(metadata.translator);
    else if (label.name == "archive" || label.name == "original archive") set(metadata.archive_reference);
    else if (label.name == "source" || label.name == "provenance" || label.name == "collection") set(metadata.source);
    else if (label.name == "from" || label.name == "sender" || label.name == "author") set(metadata.sender);
    else if (label.name == "to" || label.name == "recipient" || label.name == "recipients") {
        if (metadata.recipients.empty()) metadata.recipients = split_names(value);
    } else if (label.name == "copies" && metadata.copies.size() < max_items && !value.empty()) metadata.copies.push_back(std::move(value));
    else if ((label.name == "date" || label.name == "date created") && date_label.empty()) date_label = std::move(value);
}

// Label blocks of the first lines into metadata and header_spans; the value of a Date label into date_label.
void read_labels(const std::vector<Line>& lines, DocumentMetadata& metadata, std::string& date_label) {
    std::size_t next_too_far = label_lines;
    for (std::size_t i = 0; i < std::min(lines.size(), next_too_far); ++i) {
        const auto label = label_of(lines[i].text);
        if (!label) continue;
        std::size_t end = i + 1;
        if (label->value.empty()) {
            const std::size_t limit = std::min(lines.size(), i + block_lines);
            while (end < limit && lines[end].text.empty()) ++end;
            while (end < limit && !lines[end].text.empty() && !label_of(lines[end].text)) ++end;
        }
        take_label(*label, joined(lines, i + 1, end, label->value), metadata, date_label);
        metadata.header_spans.push_back({lines[i].begin, lines[end - 1].end});
        next_too_far = std::min(label_lines, i + block_lines);  // far from the last label the header is over
        i = end - 1;
    }
}

// "Geneva, July 19, 1954": nothing but a place and a date.
bool is_dateline(std::string_view line) {
    // Its date ends in a digit, and two bytes at most come after.
    if (line.substr(line.size() - std::min<std::size_t>(line.size(), 3)).find_first_of("0123456789") == std::string_view::npos) return false;
    const auto date = first_full_date(line);
    return date && line.size() - date->end < 3 && date->begin < 40 && (date->begin == 0 || line[date->begin - 1] == ' ') &&
           line.substr(0, date->begin).find_last_of(',') + 2 >= date->begin;
}

void read_title(const std::vector<Line>& lines, DocumentMetadata& metadata) {
    if (!metadata.title.empty()) return;
    const Line& first = lines.front();
    if (label_of(first.text)) return;
    if (!metadata.header_spans.empty() && first.text.size() < 400) {
        metadata.title = first.text;
        metadata.header_spans.insert(metadata.header_spans.begin(), {first.begin, first.end});
        return;
    }
    // A first line that stands alone and is no sentence; a dateline above it is passed over.
    std::size_t i = 0;
    if (is_dateline(first.text) && lines.size() > 2 && lines[1].text.empty() && !lines[2].text.empty()) i = 2;
    const std::string_view line = lines[i].text;
    if (line.size() < 200 && line.back() != '.' && i + 1 < lines.size() && lines[i + 1].text.empty() && !is_dateline(line)) metadata.title = line;
}

bool take_date(DocumentMetadata& metadata, std::string_view text, const char* source) {
    if (metadata.date || text.empty()) return metadata.date.has_value();
    if (const auto found = first_full_date(text)) {
        metadata.date = found->date;
        metadata.date_source = source;
    }
    return metadata.date.has_value();
}

void read_date(const std::vector<Line>& lines, const std::string& date_label, DocumentMetadata& metadata) {
    if (take_date(metadata, date_label, "heading") || take_date(metadata, metadata.title, "title") || take_date(metadata, metadata.citation, "citation"))
        return;
    for (std::size_t i = 0; i < std::min(lines.size(), dateline_lines); ++i) {
        const std::string_view line = lines[i].text;
        const std::size_t searched = line.size() <= heading_bytes ? line.size() : std::min(line.size(), dateline_bytes + 40);
        const auto found = first_full_date(line.substr(0, searched));
        if (!found || (line.size() > heading_bytes && found->begin >= dateline_bytes)) continue;
        metadata.date = found->date;
        metadata.date_source = "heading";
        return;
    }
}

}  // namespace

std::string language_code(std::string_view name) {
    static constexpr std::pair<std::string_view, std::string_view> codes[] = {
        {"english", "en"},   {"russian", "ru"},  {"chinese", "zh"},    {"korean", "ko"},  {"japanese", "ja"},  {"german", "de"},     {"french", "fr"},
        {"spanish", "es"},   {"italian", "it"},  {"polish", "pl"},     {"czech", "cs"},   {"hungarian", "hu"}, {"vietnamese", "vi"}, {"romanian", "ro"},
        {"bulgarian", "bg"}, {"albanian", "sq"}, {"serbian", "sr"},    {"turkish", "tr"}, {"arabic", "ar"},    {"hebrew", "he"},     {"mongolian", "mn"},
        {"ukrainian", "uk"}, {"finnish", "fi"},  {"portuguese", "pt"}, {"dutch", "nl"}};
    const std::string wanted = lower(trimmed(name));
    for (const auto& [known, code] : codes) {
        if (wanted.starts_with(known)) return std::string(code);
    }
    return {};
}

void read_archive_header(Document& document) {
    DocumentMetadata& metadata = document.metadata;
    const std::string_view head = std::string_view(document.text).substr(0, header_window);
    const std::vector<Line> lines = head_lines(head);
    if (lines.empty()) return;

    std::string date_label;
    read_labels(lines, metadata, date_label);
    read_title(lines, metadata);
    std::vector<std::string_view> first_lines;
    for (std::size_t i = 0; i < std::min(lines.size(), dateline_lines); ++i) first_lines.push_back(lines[i].text);
    read_parties(first_lines, metadata);
    if (metadata.archive_reference.empty()) metadata.archive_reference = reference_in(metadata.citation);
    if (metadata.translator.empty())
        metadata.translator = translator_in(metadata.citation.empty() ? head.substr(0, max_value) : std::string_view(metadata.citation));
    read_stamps(head, metadata);
    read_date(lines, date_label, metadata);
}

}  // namespace demarc
