#include "extractor/readers/archive_header.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace demarc {
namespace {

constexpr std::size_t header_window = 64 * 1024;
constexpr std::size_t max_value = 4000;   // bytes of a label's value
constexpr int dateline_lines = 40;

struct Line {
    std::string_view text;  // without white space around it
    std::uint32_t begin = 0, end = 0;
};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) text.remove_prefix(1);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.remove_suffix(1);
    return text;
}

std::vector<Line> split_lines(std::string_view text) {
    std::vector<Line> lines;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = text.find('\n', at);
        if (end == std::string_view::npos) end = text.size();
        lines.push_back({trimmed(text.substr(at, end - at)), static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
        at = end + 1;
    }
    return lines;
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

// Labels of archive pages and of typed headings.
constexpr std::array<std::string_view, 30> labels = {
    "citation", "summary", "credits", "original language", "contents", "copies", "date", "from", "to", "subject", "title", "source",
    "translator", "archive", "original archive", "original uploaded", "language", "sender", "recipient", "recipients", "translated by", "author",
    "provenance", "collection", "info", "reference", "rights", "classification", "date created", "received"};

// "Label:" or "Label: value" at a line's start; nullopt for an ordinary line.
struct Label { std::string name; std::string_view value; };
std::optional<Label> label_of(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon > 24) return std::nullopt;
    std::string name = lower(trimmed(line.substr(0, colon)));
    if (std::find(labels.begin(), labels.end(), name) == labels.end()) return std::nullopt;
    return Label{std::move(name), trimmed(line.substr(colon + 1))};
}

std::string joined(const std::vector<Line>& lines, std::size_t first, std::size_t last, std::string_view start) {
    std::string out(start);
    for (std::size_t i = first; i < last && out.size() < max_value; ++i) {
        if (lines[i].text.empty()) continue;
        if (!out.empty()) out += ' ';
        out += lines[i].text;
    }
    return out;
}

std::vector<std::string> split_names(std::string_view text) {
    std::vector<std::string> names;
    static const re2::RE2 separator(R"(\s*(?:;|,| and | & )\s*)");
    re2::StringPiece rest(text.data(), text.size());
    re2::StringPiece gap;
    while (separator.Match(rest, 0, rest.size(), re2::RE2::UNANCHORED, &gap, 1)) {
        const auto head = trimmed(std::string_view(rest.data(), static_cast<std::size_t>(gap.data() - rest.data())));
        if (!head.empty()) names.emplace_back(head);
        rest.remove_prefix(static_cast<std::size_t>(gap.data() + gap.size() - rest.data()));
    }
    if (const auto tail = trimmed(std::string_view(rest.data(), rest.size())); !tail.empty()) names.emplace_back(tail);
    return names;
}

// "Ciphered Telegram No. 25465 from Beijing, Mao Zedong to Cde. Filippov [Stalin]": who writes to whom.
void read_parties(std::string_view title, DocumentMetadata& metadata) {
    static const re2::RE2 pattern(R"((?:^|[,.:;] |\b(?:[Ff]rom|[Bb]y) )((?:[A-Z][\pL.'’-]*\s?){1,5}) to (?:the )?((?:[A-Z][\pL.'’-]*\s?){1,6}(?:\[[^\]]{1,40}\])?))");
    std::string sender, recipient;
    if (!re2::RE2::PartialMatch(re2::StringPiece(title.data(), title.size()), pattern, &sender, &recipient)) return;
    if (metadata.sender.empty()) metadata.sender = trimmed(sender);
    if (metadata.recipients.empty()) metadata.recipients.emplace_back(trimmed(recipient));
}

// "…, Wilson Center Digital Archive, RGASPI, f. 558, op. 11, d. 342, ll. 0001-0002. Translated by …"
std::string reference_in(std::string_view citation) {
    static const re2::RE2 fond(R"(((?:[A-Z][\pL]*(?: [A-Z][\pL]*)*, )?(?:[Ff]ond|[Ff]\.) ?[\pL\d]+(?:, (?:[Oo]pis|[Oo]p\.|[Dd]elo|[Dd]\.|[Ll]isty?|ll?\.|[Pp]apka|p\.|pp\.|[Dd]ok\.) ?[\d\-–, ]*[\pL\d]+)*))");
    static const re2::RE2 western(R"(\b((?:RG \d+|WO \d+/\d+|FO \d+/\d+|CAB \d+/\d+|PREM \d+/\d+|Lot \d+ ?[A-Z] ?\d+)[^"“”]*?)(?:\. |\.?$))");
    std::string found;
    const re2::StringPiece text(citation.data(), citation.size());
    if (re2::RE2::PartialMatch(text, fond, &found) || re2::RE2::PartialMatch(text, western, &found)) return std::string(trimmed(found));
    return {};
}

std::string translator_in(std::string_view text) {
    static const re2::RE2 pattern(R"([Tt]ranslated (?:from [\pL]+ )?by ((?:[A-Z][\pL.'’-]*\s?){1,4}))");
    std::string found;
    if (!re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern, &found)) return {};
    std::string name(trimmed(found));
    while (!name.empty() && name.back() == '.') name.pop_back();
    return name;
}

void take_label(const Label& label, const std::string& value, DocumentMetadata& metadata, std::string& date_label) {
    const auto set = [&value](std::string& field) {
        if (field.empty()) field = value;
    };
    if (label.name == "citation") set(metadata.citation);
    else if (label.name == "title" || label.name == "subject") set(metadata.title);
    else if (label.name == "original language") metadata.original_language = metadata.original_language.empty() ? language_code(value) : metadata.original_language;
    else if (label.name == "language") metadata.language = metadata.language.empty() ? language_code(value) : metadata.language;
    else if (label.name == "translator" || label.name == "translated by") set(metadata.translator);
    else if (label.name == "archive" || label.name == "original archive" || label.name == "reference") set(metadata.archive_reference);
    else if (label.name == "source" || label.name == "provenance" || label.name == "collection") set(metadata.source);
    else if (label.name == "from" || label.name == "sender" || label.name == "author") set(metadata.sender);
    else if (label.name == "to" || label.name == "recipient" || label.name == "recipients") {
        if (metadata.recipients.empty()) metadata.recipients = split_names(value);
    } else if (label.name == "copies" && metadata.copies.size() < 100) metadata.copies.push_back(value);
    else if (label.name == "date" || label.name == "date created") date_label = value;
}

void read_stamps(std::string_view head, DocumentMetadata& metadata) {
    static const re2::RE2 pattern(R"(\[(?:[Ss]tamp|STAMP|[Ss]eal|[Hh]andwritten[^:\]]{0,40}): ?([^\]]{1,400})\])");
    re2::StringPiece rest(head.data(), head.size());
    std::string found;
    while (metadata.stamps.size() < 100 && re2::RE2::FindAndConsume(&rest, pattern, &found)) metadata.stamps.emplace_back(trimmed(found));
}

void take_date(DocumentMetadata& metadata, std::string_view text, std::string_view source) {
    if (metadata.date || text.empty()) return;
    metadata.date = first_full_date(text);
    if (metadata.date) metadata.date_source = source;
}

}  // namespace

std::string language_code(std::string_view name) {
    static constexpr std::pair<std::string_view, std::string_view> codes[] = {
        {"english", "en"}, {"russian", "ru"}, {"chinese", "zh"}, {"korean", "ko"}, {"japanese", "ja"}, {"german", "de"}, {"french", "fr"},
        {"spanish", "es"}, {"italian", "it"}, {"polish", "pl"}, {"czech", "cs"}, {"hungarian", "hu"}, {"vietnamese", "vi"}, {"romanian", "ro"},
        {"bulgarian", "bg"}, {"albanian", "sq"}, {"serbian", "sr"}, {"turkish", "tr"}, {"arabic", "ar"}, {"hebrew", "he"}, {"mongolian", "mn"},
        {"ukrainian", "uk"}, {"finnish", "fi"}, {"portuguese", "pt"}, {"dutch", "nl"}};
    const std::string wanted = lower(trimmed(name));
    for (const auto& [known, code] : codes) {
        if (wanted.starts_with(known)) return std::string(code);
    }
    return wanted.size() == 2 ? wanted : std::string();
}

std::optional<CivilDate> first_full_date(std::string_view text) {
    static const std::string month = R"((Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?)";
    static const re2::RE2 day_first(R"((?i)(?:^|[^\d.])(\d{1,2})(?:st|nd|rd|th)?(?: of)? )" + month + R"(,? (\d{4}))");
    static const re2::RE2 month_first("(?i)" + month + R"( (\d{1,2})(?:st|nd|rd|th)?,? (\d{4}))");
    static const re2::RE2 iso(R"((?:^|\D)(\d{4})-(\d{2})-(\d{2})(?:\D|$))");
    static const re2::RE2 dotted(R"((?:^|[^\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\D|$))");
    const auto month_number = [](std::string name) {
        static constexpr std::string_view starts[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
        name = lower(name);
        for (int i = 0; i < 12; ++i) {
            if (name.starts_with(starts[i])) return i + 1;
        }
        return 0;
    };
    const re2::StringPiece piece(text.data(), text.size());
    std::optional<CivilDate> best;
    const char* best_at = nullptr;
    const auto offer = [&](const char* at, int year, int month_value, int day) {
        const CivilDate date{year, static_cast<std::int8_t>(month_value), static_cast<std::int8_t>(day), -1, -1};
        if (month_value == 0 || day == 0 || !is_valid(date) || (best && at >= best_at)) return;
        best = date;
        best_at = at;
    };
    std::array<re2::StringPiece, 4> groups;
    const auto number = [](const re2::StringPiece& digits) { return std::stoi(std::string(digits.data(), digits.size())); };
    const auto word = [](const re2::StringPiece& letters) { return std::string(letters.data(), letters.size()); };
    const auto match = [&](const re2::RE2& pattern) { return pattern.Match(piece, 0, piece.size(), re2::RE2::UNANCHORED, groups.data(), 4); };
    if (match(day_first)) offer(groups[1].data(), number(groups[3]), month_number(word(groups[2])), number(groups[1]));
    if (match(month_first)) offer(groups[0].data(), number(groups[3]), month_number(word(groups[1])), number(groups[2]));
    if (match(iso)) offer(groups[1].data(), number(groups[1]), std::min(number(groups[2]), 13), number(groups[3]));
    if (match(dotted)) offer(groups[1].data(), number(groups[3]), std::min(number(groups[2]), 13), number(groups[1]));
    return best;
}

void read_archive_header(Document& document) {
    DocumentMetadata& metadata = document.metadata;
    const std::string_view head = std::string_view(document.text).substr(0, header_window);
    const std::vector<Line> lines = split_lines(head);
    std::size_t first = 0;
    while (first < lines.size() && lines[first].text.empty()) ++first;
    if (first == lines.size()) return;

    std::string date_label;
    std::size_t labelled = 0;
    std::size_t last_label = 0;
    for (std::size_t i = first; i < lines.size() && i < first + 200; ++i) {
        const auto label = label_of(lines[i].text);
        if (!label) continue;
        // A label's block runs to the next label; one with its value on the line ends there. Far from the last label the header is over.
        if (labelled > 0 && i > last_label + 30) break;
        std::size_t end = i + 1;
        if (label->value.empty()) {
            while (end < lines.size() && end < i + 30 && lines[end].text.empty()) ++end;
            while (end < lines.size() && end < i + 30 && !lines[end].text.empty() && !label_of(lines[end].text)) ++end;
        }
        take_label(*label, joined(lines, i + 1, end, label->value), metadata, date_label);
        metadata.header_spans.push_back({lines[i].begin, lines[end - 1].end});
        ++labelled;
        last_label = i;
        if (label->value.empty()) i = end - 1;
    }
    if (labelled > 0 && metadata.title.empty() && !label_of(lines[first].text) && lines[first].text.size() < 400) {
        metadata.title = lines[first].text;
        metadata.header_spans.insert(metadata.header_spans.begin(), {lines[first].begin, lines[first].end});
    }
    if (metadata.title.empty() && lines[first].text.size() < 200 && first + 1 < lines.size() && lines[first + 1].text.empty() && lines[first].text.back() != '.') {
        metadata.title = lines[first].text;
    }
    std::sort(metadata.header_spans.begin(), metadata.header_spans.end(), [](Span a, Span b) { return a.begin < b.begin; });

    read_parties(metadata.title, metadata);
    if (metadata.archive_reference.empty()) metadata.archive_reference = reference_in(metadata.citation);
    if (metadata.translator.empty()) metadata.translator = translator_in(metadata.citation.empty() ? head.substr(0, 4000) : std::string_view(metadata.citation));
    read_stamps(head, metadata);

    take_date(metadata, date_label, "label");
    take_date(metadata, metadata.title, "title");
    take_date(metadata, metadata.citation, "citation");
    const std::size_t stop = std::min(lines.size(), first + dateline_lines);
    take_date(metadata, head.substr(lines[first].begin, lines[stop - 1].end - lines[first].begin), "heading");
}

}  // namespace demarc
