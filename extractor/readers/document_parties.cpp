#include "extractor/readers/document_parties.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/utf8.hpp"

namespace demarc {
namespace {

constexpr std::size_t most_names = 100;
constexpr std::size_t longest_heading = 300;
constexpr std::size_t longest_party = 12;  // words
constexpr std::size_t heading_lines = 5;
constexpr std::size_t address_lines = 40;

using Words = std::vector<std::string_view>;

template <std::size_t N>
bool among(const std::array<std::string_view, N>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

// Small words inside the name of an office or a person.
constexpr std::array<std::string_view, 11> small_words = {"of", "in", "for", "at", "the", "de", "von", "van", "du", "la", "der"};
constexpr std::array<std::string_view, 27> letter_words = {"telegram",     "telegrams", "cryptogram", "radiogram",  "cable",    "cablegram",    "letter",
                                                           "letters",      "message",   "note",       "memorandum", "dispatch", "despatch",     "instruction",
                                                           "instructions", "report",    "order",      "directive",  "reply",    "conversation", "code",
                                                           "airgram",      "wire",      "signal",     "telegraph",  "verbal",   "communication"};
constexpr std::array<std::string_view, 42> office_words = {
    "mr",       "mrs",       "messrs",     "sir",      "lord",         "prince",    "count",      "baron",      "cde",         "cdes",    "comrade",
    "comrades", "president", "premier",    "chairman", "minister",     "ministry",  "ambassador", "secretary",  "consul",      "envoy",   "chargé",
    "embassy",  "legation",  "department", "governor", "commissioner", "commander", "chief",      "chiefs",     "general",     "marshal", "admiral",
    "colonel",  "brigadier", "captain",    "king",     "government",   "emperor",   "delegate",   "delegation", "headquarters"};
// Words that end in a point without ending the name.
constexpr std::array<std::string_view, 18> shortened = {"cde",  "cdes", "mr", "mrs", "messrs", "dr", "gen", "col", "maj",
                                                        "capt", "lt",   "st", "adm", "amb",    "jr", "sr",  "esq", "brig"};
// Before whom it may concern: the words that begin an address line.
constexpr std::array<std::string_view, 10> address_titles = {"cde",     "cdes",    "comrade", "comrades",   "mr",
                                                             "general", "marshal", "admiral", "ambassador", "minister"};

Words words_of(std::string_view text) {
    Words words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

// Lower case (ASCII), without punctuation around it: to look a word up.
std::string bare(std::string_view word) {
    constexpr std::string_view punctuation = "\"'()[].,:;";
    while (!word.empty() && punctuation.find(word.front()) != std::string_view::npos) word.remove_prefix(1);
    while (!word.empty() && punctuation.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
    std::string out(word);
    for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    return out;
}

bool capital(std::string_view word) {
    std::size_t at = 0;
    return u_isupper(static_cast<UChar32>(next_code_point(word, at))) != 0;
}

bool ends_clause(std::string_view word) { return word.ends_with(',') || word.ends_with(':') || word.ends_with(';'); }

bool ends_sentence(std::string_view word) {
    if (!word.ends_with('.') || word.size() <= 2) return false;
    return !among(shortened, bare(word)) && word.find('.') == word.size() - 1;
}

template <std::size_t N>
bool any_among(const std::array<std::string_view, N>& list, const Words& words, std::size_t begin, std::size_t end) {
    return std::any_of(words.begin() + static_cast<std::ptrdiff_t>(begin), words.begin() + static_cast<std::ptrdiff_t>(end),
                       [&](std::string_view word) { return among(list, bare(word)); });
}

// The words [begin, end) as they stand in the text, without punctuation after them.
std::string surface(const Words& words, std::size_t begin, std::size_t end) {
    std::string_view last = words[end - 1];
    while (!last.empty() && (ends_clause(last) || ends_sentence(last))) last.remove_suffix(1);
    return {words[begin].data(), last.data() + last.size()};
}

// First word of the party that ends before `end`; `end` itself where there is none. With `commas`, they may stand inside it.
std::size_t party_begin(const Words& words, std::size_t end, bool commas) {
    std::size_t begin = end, at = end;
    while (at > 0 && end - at < longest_party) {
        const std::string_view word = words[at - 1];
        if (at != end && (ends_sentence(word) || (ends_clause(word) && !commas))) break;
        if (word.ends_with(')') || word.ends_with(']')) {  // a name in brackets, of one word or more
            std::size_t open = at - 1;
            while (open > 0 && end - open < longest_party && words[open].find_first_of("([") != 0) --open;
            if (words[open].find_first_of("([") != 0) break;
            at = open;
            continue;
        }
        if (capital(word)) begin = at - 1;
        else if (!among(small_words, word)) break;
        --at;
    }
    // "Note of Georges Bidault", "The Ambassador": what stands before the name.
    while (begin < end &&
           (words[begin] == "The" || words[begin] == "From" || words[begin] == "By" || among(letter_words, bare(words[begin])) || !capital(words[begin])))
        ++begin;
    return begin;
}

// One word past the party that begins at `begin`; `begin` where there is none.
std::size_t party_end(const Words& words, std::size_t begin) {
    std::size_t end = begin;
    for (std::size_t at = begin; at < words.size() && at - begin < longest_party; ++at) {
        const std::string_view word = words[at];
        if (at > begin && (word.starts_with('(') || word.starts_with('['))) {
            std::size_t close = at;
            while (close < words.size() && close - begin < longest_party && words[close].find_first_of(")]") == std::string_view::npos) ++close;
            if (close == words.size() || words[close].find_first_of(")]") == std::string_view::npos) break;
            end = close + 1;
            at = close;
            if (!words[close].ends_with(')') && !words[close].ends_with(']')) break;
            continue;
        }
        if (capital(word)) end = at + 1;
        else if (at == begin || !among(small_words, word)) break;
        if (ends_clause(word) || ends_sentence(word)) break;
    }
    return end;
}

struct Parties {
    std::string sender;
    std::vector<std::string> recipients;
    bool fills_line = false;
};

std::optional<Parties> parties_in(std::string_view text) {
    if (text.size() > longest_heading || text.find(" to ") == std::string_view::npos) return std::nullopt;
    const Words words = words_of(text);
    for (std::size_t to = 1; to + 1 < words.size(); ++to) {
        if (words[to] != "to") continue;
        // "The Commander in Chief, Far East (Ridgway) to": an office with its holder may have commas.
        const bool office_and_holder = words[0] == "The" && words[to - 1].ends_with(')');
        const std::size_t sender = party_begin(words, to, office_and_holder);
        if (sender == to || ends_clause(words[to - 1])) continue;
        Parties parties{surface(words, sender, to), {}, sender <= 1 && (sender == 0 || words[0] == "The")};
        std::size_t at = to + 1;
        while (at < words.size() && parties.recipients.size() < most_names) {
            if (words[at] == "the") ++at;
            const std::size_t end = party_end(words, at);
            if (end == at) break;
            parties.recipients.push_back(surface(words, at, end));
            const bool more = !ends_clause(words[end - 1]) && !ends_sentence(words[end - 1]) && end < words.size() && words[end] == "and";
            at = more ? end + 1 : end;
            if (!more) break;
        }
        if (parties.recipients.empty()) continue;
        parties.fills_line = parties.fills_line && (at == words.size() || ends_clause(words[at - 1]));
        if (any_among(letter_words, words, 0, sender) || any_among(office_words, words, sender, words.size())) return parties;
    }
    return std::nullopt;
}

void take(Parties parties, DocumentMetadata& metadata) {
    if (metadata.sender.empty()) metadata.sender = std::move(parties.sender);
    if (metadata.recipients.empty()) metadata.recipients = std::move(parties.recipients);
}

// "to Cde. FILIPPOV [Stalin]" on a line of its own.
std::string addressee(std::string_view line) {
    if (line.size() > longest_heading || !(line.starts_with("to ") || line.starts_with("To ") || line.starts_with("TO "))) return {};
    const Words words = words_of(line);
    if (words.size() < 3 || !among(address_titles, bare(words[1]))) return {};
    const std::size_t end = party_end(words, 1);
    return end == words.size() ? surface(words, 1, end) : std::string();
}

}  // namespace

std::vector<std::string> split_names(std::string_view text) {
    std::vector<std::string> names;
    std::string name;
    const auto keep = [&] {
        if (!name.empty() && names.size() < most_names) names.push_back(name);
        name.clear();
    };
    for (const std::string_view word : words_of(text)) {
        if (word == "and" || word == "&") {
            keep();
            continue;
        }
        for (std::size_t at = 0; at <= word.size();) {
            const std::size_t end = std::min(word.find_first_of(",;", at), word.size());
            if (end > at) name.append(name.empty() ? "" : " ").append(word.substr(at, end - at));
            if (end < word.size()) keep();
            at = end + 1;
        }
    }
    keep();
    return names;
}

void read_parties(const std::vector<std::string_view>& lines, DocumentMetadata& metadata) {
    if (!metadata.sender.empty() && !metadata.recipients.empty()) return;
    if (auto parties = parties_in(metadata.title)) return take(std::move(*parties), metadata);
    for (std::size_t i = 0; i < std::min(lines.size(), heading_lines); ++i) {
        auto parties = parties_in(lines[i]);
        if (parties && parties->fills_line) return take(std::move(*parties), metadata);
    }
    for (std::size_t i = 0; i < std::min(lines.size(), address_lines) && metadata.recipients.empty(); ++i) {
        if (std::string name = addressee(lines[i]); !name.empty()) metadata.recipients.push_back(std::move(name));
    }
}

}  // namespace demarc
