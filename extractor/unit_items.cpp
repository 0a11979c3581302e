#include "extractor/unit_items.hpp"

#include <algorithm>
#include <array>

#include "base/token_hash.hpp"

namespace demarc {
namespace {

constexpr std::uint32_t longest_entry = 5;  // tokens of a lexicon entry, marks included

struct Source {
    UnitItem::Kind kind;
    std::string_view lexicon;
};
// Of the lexicons that have an entry the earliest here wins.
constexpr std::array<Source, 12> sources = {{
    {UnitItem::Kind::head, "unit_companies"}, {UnitItem::Kind::head, "unit_battalions"}, {UnitItem::Kind::head, "unit_regiments"}, {UnitItem::Kind::head, "unit_divisions"},
    {UnitItem::Kind::head, "unit_corps"}, {UnitItem::Kind::nation, "unit_nations"}, {UnitItem::Kind::nation, "unit_nation_letters"}, {UnitItem::Kind::branch, "unit_branches"},
    {UnitItem::Kind::arms, "unit_arms"}, {UnitItem::Kind::head, "unit_big_heads"}, {UnitItem::Kind::state, "unit_states"}, {UnitItem::Kind::number, "unit_ordinals"},
}};

// Null where a lexicon isn't one of them.
const Source* source_of(std::string_view lexicon) {
    if (!lexicon.starts_with("unit_")) return nullptr;
    const auto source = std::find_if(sources.begin(), sources.end(), [&](const Source& s) { return s.lexicon == lexicon; });
    return source == sources.end() ? nullptr : &*source;
}

bool same_word(std::string_view text, std::string_view lower) {
    return text.size() == lower.size() && std::equal(text.begin(), text.end(), lower.begin(), [](char a, char b) { return (a | 0x20) == b; });
}

// What the lexicons say of an entry; of no tokens where it is in none of them.
UnitItem item_of(const Vocabulary& vocabulary, std::uint32_t entry, TokenRange range) {
    const Source* first = nullptr;
    std::string_view canonical;
    for (const std::uint16_t lexicon : vocabulary.entry(entry).lexicons) {
        const Source* source = source_of(vocabulary.lexicon_name(lexicon));
        if (source == nullptr || (first != nullptr && first <= source)) continue;
        const std::string_view form = vocabulary.canonical_of(entry, lexicon);
        if (form.empty()) continue;
        first = source;
        canonical = form;
    }
    return first == nullptr ? UnitItem{} : UnitItem{first->kind, canonical, range};
}

// The longest entry of any of the lexicons at a token, grown by token as long as some entry goes on (Workspace::sequence_key); of no tokens where there is none.
UnitItem longest_item(const Workspace& ws, const Vocabulary& vocabulary, TokenRange range, std::uint32_t t) {
    UnitItem longest;
    const std::uint32_t end = std::min(range.last, t + longest_entry);
    std::uint32_t last = t;
    std::uint64_t key = 0;
    while (key == 0 && last < end) key = ws.tokens[last++].hash;  // a paragraph has none
    while (true) {
        const std::uint32_t entry = vocabulary.find(key);
        if (entry == Vocabulary::none) return longest;
        const UnitItem item = item_of(vocabulary, entry, {t, last});
        if (!item.tokens.empty()) longest = item;
        for (; last < end && joins_sequence(ws.text, ws.tokens, last); ++last) {
            if (!item.tokens.empty()) longest.tokens.last = last + 1;
        }
        if (last >= end || !vocabulary.prefix(entry)) return longest;
        key = extend_sequence(key, ws.tokens[last++].hash);
    }
}

UnitItem item_at(const Workspace& ws, const Vocabulary& vocabulary, TokenRange range, std::uint32_t t) {
    using Kind = UnitItem::Kind;
    const Token& token = ws.tokens[t];
    const std::string_view text = ws.text_of({t, t + 1});
    if (token.kind == TokenKind::number) {
        const bool suffixed = t + 1 < range.last && ws.tokens[t + 1].kind == TokenKind::word && (ws.tokens[t + 1].predicates & shape::glued) != 0;
        return {Kind::number, text, {t, suffixed ? t + 2 : t + 1}};
    }
    if (text == "/") return {Kind::slash, {}, {t, t + 1}};
    if (text == "," || same_word(text, "of") || same_word(text, "in")) return {Kind::link, {}, {t, t + 1}};
    if (same_word(text, "headquarters") || same_word(text, "hq") || same_word(text, "hqs") || same_word(text, "hdqrs")) return {Kind::headquarters, {}, {t, t + 1}};
    if (same_word(text, "task")) return {Kind::task_force, {}, {t, std::min(t + 2, range.last)}};
    if (const UnitItem item = longest_item(ws, vocabulary, range, t); !item.tokens.empty()) return item;
    if ((token.predicates & shape::roman) != 0) return {Kind::number, text, {t, t + 1}};
    if ((token.predicates & shape::initial) != 0) return {Kind::letter, text, {t, t + 1}};
    return {Kind::other, {}, {t, t + 1}};
}

}  // namespace

std::vector<UnitItem> unit_items(const Workspace& workspace, const RuleSet& rules, TokenRange range) {
    const Vocabulary& vocabulary = rules.vocabulary();
    std::vector<UnitItem> items;
    items.reserve(range.last - range.first);
    for (std::uint32_t t = range.first; t < range.last;) {
        items.push_back(item_at(workspace, vocabulary, range, t));
        t = items.back().tokens.last;
    }
    return items;
}

std::string with_ordinal_ending(std::string number) {
    if (number.empty() || number.back() < '0' || number.back() > '9') return number;
    const bool teen = number.size() > 1 && number[number.size() - 2] == '1';
    const char last = number.back();
    return number += teen ? "th" : last == '1' ? "st" : last == '2' ? "nd" : last == '3' ? "rd" : "th";
}

int roman_number(std::string_view letters) {
    const auto value = [](char c) {
        switch (c) {
            case 'I': return 1;
            case 'V': return 5;
            case 'X': return 10;
            case 'L': return 50;
            case 'C': return 100;
            case 'D': return 500;
            case 'M': return 1000;
            default: return 0;
        }
    };
    int sum = 0;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const int here = value(letters[i]);
        if (here == 0 || sum > 4000) return 0;
        sum += i + 1 < letters.size() && here < value(letters[i + 1]) ? -here : here;
    }
    return sum > 0 && sum < 4000 ? sum : 0;
}

}  // namespace demarc
