#include "extractor/unit_reading.hpp"

#include <algorithm>
#include <string_view>

#include "extractor/entity_slug.hpp"
#include "extractor/sentence.hpp"
#include "extractor/unit_items.hpp"

namespace demarc {
namespace {

using Kind = UnitItem::Kind;

class Reader {
public:
    Reader(const Workspace& workspace, const RuleSet& rules, TokenRange range)
        : ws_(workspace), rules_(rules), range_(range), items_(unit_items(workspace, rules, range)), head_(items_.size()), own_end_(items_.size()) {}

    UnitReading read(std::string_view echelon) {
        UnitReading reading;
        UnitValue& value = reading.value;
        value.designation = designation(range_, false);
        find_nation(value);
        find_head(value, echelon);
        find_parent(reading);
        read_own_words(value);
        if (value.echelon == "fleet" || value.echelon == "flotilla") value.branch = "naval";
        if (value.echelon == "air_force" || value.echelon == "wing" || (value.branch.empty() && modifiers_.fixed_wing)) value.branch = "air";
        reading.modifiers = modifiers_;
        reading.several = several_;
        reading.symbol_branch = value.branch == "infantry" && mechanised_ ? "mechanised_infantry" : value.branch == "infantry" && motorised_ ? "motorised_infantry" : value.branch;
        reading.key = key(reading);
        inherit_arm(reading);
        return reading;
    }

private:
    std::string_view word(std::uint32_t t) const { return ws_.text_of({t, t + 1}); }
    bool begins(std::uint32_t t, std::string_view lower_start) const {
        const std::string_view text = word(t).substr(0, lower_start.size());
        return text.size() == lower_start.size() && std::equal(text.begin(), text.end(), lower_start.begin(), [](char a, char b) { return (a | 0x20) == b; });
    }
    bool is(std::uint32_t t, std::string_view lower) const { return word(t).size() == lower.size() && begins(t, lower); }

    static void put(std::string& out, std::string_view word, bool glued) {
        if (!out.empty() && !glued) out += ' ';
        out += word;
    }

    // Abbreviations in full, ordinals in figures, words in all capitals in title case: what two ways of writing one unit share.
    // `behind_slash`: "3/7 Marines" calls its regiment by the bare number.
    std::string designation(TokenRange range, bool behind_slash) const {
        bool shouted = range.last - range.first > 2;
        for (std::uint32_t t = range.first; t < range.last; ++t) shouted = shouted && (ws_.tokens[t].predicates & (shape::cap | shape::lower)) == 0;
        std::string out;
        for (const UnitItem& item : items_) {
            if (item.tokens.first < range.first || item.tokens.last > range.last) continue;
            if (item.kind == Kind::number && (ws_.tokens[item.tokens.first].predicates & shape::roman) == 0) {
                const bool plain = ws_.tokens[item.tokens.first].kind == TokenKind::number && item.tokens.last - item.tokens.first == 1;
                const bool glued = !out.empty() && (ws_.tokens[item.tokens.first].predicates & shape::glued) != 0;
                put(out, plain && !(behind_slash && out.empty()) ? std::string(item.canonical) : with_ordinal_ending(std::string(item.canonical)), glued);
                continue;
            }
            if (item.kind == Kind::state) {
                put(out, item.canonical, false);
                continue;
            }
            for (std::uint32_t t = item.tokens.first; t < item.tokens.last; ++t) put_word(out, t, shouted);
        }
        return out;
    }

    void put_word(std::string& out, std::uint32_t t, bool shouted) const {
        const Token& token = ws_.tokens[t];
        const std::string_view text = word(t);
        if (text == ".") return;
        const std::string_view in_full = token_canonical(ws_, rules_, t, "unit_full_words");
        const bool initial_after_point = t > range_.first && word(t - 1) == "." && (token.predicates & shape::initial) != 0 && (token.predicates & shape::glued) != 0;
        // "me" and "ill" are states in capitals only.
        if (!in_full.empty() && (token.predicates & shape::lower) == 0) return put(out, in_full, (token.predicates & shape::glued) != 0 && !out.empty() && out.back() == '-');
        if (!shouted || (token.predicates & shape::caps) == 0 || (token.predicates & shape::roman) != 0) {
            return put(out, text, initial_after_point || ((token.predicates & shape::glued) != 0 && t > range_.first && word(t - 1) != "."));
        }
        std::string title(text);
        for (std::size_t i = is(t, "of") || is(t, "the") || is(t, "and") ? 0 : 1; i < title.size(); ++i) {
            if (title[i] >= 'A' && title[i] <= 'Z') title[i] = static_cast<char>(title[i] | 0x20);
        }
        put(out, title, false);
    }

    void find_nation(UnitValue& value) const {
        for (const UnitItem& item : items_) {
            if (!item.is_nation()) continue;
            for (const char c : item.canonical.substr(4)) value.nation += static_cast<char>(c & ~0x20);
            return;
        }
    }

    bool number_before(std::size_t index) const {
        return std::any_of(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(index), [](const UnitItem& i) { return i.kind == Kind::number; });
    }
    std::size_t number_after(std::size_t index) const {
        for (std::size_t i = index + 1; i < items_.size(); ++i) {
            if (items_[i].kind == Kind::number || items_[i].kind == Kind::link) return i;
        }
        return items_.size();
    }

    void find_head(UnitValue& value, std::string_view echelon) {
        // "3/7 Marines", "1/2nd Gurkha Rifles": a battalion of what follows the stroke.
        if (items_.size() > 2 && items_[0].is_number() && items_[1].kind == Kind::slash && items_[2].kind == Kind::number) {
            value.echelon = "battalion";
            head_ = 1;
            return;
        }
        std::size_t head = 0;
        while (head < items_.size() && items_[head].kind != Kind::head) ++head;
        // A headless regiment ("65th Inf") ends at its arm, also when a division follows.
        std::size_t arm = 0;
        while (arm < items_.size() && items_[arm].kind != Kind::arms && items_[arm].kind != Kind::branch) ++arm;
        const std::size_t next_number = number_after(arm);
        for (std::size_t i = arm + 1; i < next_number; ++i) {
            if (items_[i].is_arm()) arm = i;
        }
        const bool arm_is_head = arm < items_.size() && items_[arm].is_arm() && (head == items_.size() || next_number < head) && echelon.empty() && number_before(arm);
        if (arm_is_head) {
            // "101st Airborne", "2d Armored" are divisions, "65th Inf" a regiment.
            value.echelon = items_[arm].canonical == "airborne" || items_[arm].canonical == "armour" ? "division" : "regiment";
            head_ = arm;
        } else if (head < items_.size()) {
            value.echelon = std::string(items_[head].canonical);
            head_ = head;
            // "1st Div Arty" is the division's artillery, of no one size.
            const bool artillery = head + 1 < items_.size() && items_[head + 1].is_arm() && items_[head + 1].canonical == "artillery";
            if (artillery && (value.echelon == "division" || value.echelon == "corps")) value.echelon.clear();
        } else {
            value.echelon = std::string(echelon);
            const bool state = std::any_of(items_.begin(), items_.end(), [](const UnitItem& i) { return i.kind == Kind::state; });
            if (value.echelon.empty() && state && number_before(items_.size())) value.echelon = "regiment", value.branch = "infantry";
        }
    }

    // What stands behind the unit's own words: a larger unit. Its first item is own_end_.
    void find_parent(UnitReading& reading) {
        bool own_number = std::any_of(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(std::min(head_ + 1, items_.size())), [](const UnitItem& i) { return i.is_number(); });
        for (std::size_t i = head_ + 1; i < items_.size(); ++i) {
            const UnitItem& item = items_[i];
            if (!own_number && item.is_number() && items_[i - 1].kind != Kind::link) {
                own_number = true;  // "Company B"
                continue;
            }
            if (item.kind == Kind::link || item.kind == Kind::slash || (item.kind == Kind::other && is(item.tokens.first, "the"))) continue;
            const bool linked = items_[i - 1].kind == Kind::link || (i > 1 && items_[i - 1].kind == Kind::other && items_[i - 2].kind == Kind::link);
            const bool unit_follows = std::any_of(items_.begin() + static_cast<std::ptrdiff_t>(i), items_.end(), [](const UnitItem& u) { return u.is_number() || u.kind == Kind::head; });
            if (item.kind != Kind::number && !(item.is_nation() && (unit_follows || linked)) && !(linked && (unit_follows || item.kind == Kind::other))) continue;
            own_end_ = i;
            reading.parent = {item.tokens.first, range_.last};
            reading.value.parent = designation(reading.parent, items_[i - 1].kind == Kind::slash);
            return;
        }
    }

    void read_own_words(UnitValue& value) {
        std::string behind;
        bool field = false;
        for (std::size_t i = 0; i < own_end_; ++i) {
            const UnitItem& item = items_[i];
            if (item.kind == Kind::headquarters) modifiers_.headquarters = true;
            if (item.kind == Kind::task_force) modifiers_.task_force = true;
            if (item.is_number()) {
                std::string& number = i < head_ || head_ == items_.size() ? value.number : behind;
                if (!number.empty() && i >= head_) continue;
                several_ = several_ || !number.empty();
                number += (number.empty() ? "" : ",") + std::string(item.canonical);
            }
            if (item.is_arm()) read_arm(item, value);
            for (std::uint32_t t = item.tokens.first; t < item.tokens.last; ++t) read_modifier(t, field);
        }
        if (value.number.empty()) value.number = behind;
        // British gunners: a field or medium regiment needs no other word.
        if (value.branch.empty() && field && (value.echelon == "regiment" || value.echelon == "battery")) value.branch = "artillery";
    }

    void read_arm(const UnitItem& item, UnitValue& value) const {
        // Infantry, marines and parachutists have batteries, engineers and signallers of their own.
        const bool general = value.branch.empty() || value.branch == "infantry" || value.branch == "airborne" || value.branch == "marine" || value.branch == "armour";
        const bool precise = item.canonical != "infantry" && item.canonical != "airborne" && item.canonical != "marine";
        if (value.branch.empty() || (general && precise) || item.canonical == "armour") value.branch = std::string(item.canonical);
    }

    // A battalion of an infantry regiment is infantry; a battalion of a division may be anything.
    void inherit_arm(UnitReading& reading) const {
        UnitValue& value = reading.value;
        if (!value.branch.empty() || reading.parent.empty()) return;
        const auto is_one_of = [](std::string_view echelon, std::initializer_list<std::string_view> list) { return std::find(list.begin(), list.end(), echelon) != list.end(); };
        if (!is_one_of(value.echelon, {"battalion", "company", "troop", "squadron", "platoon", "squad", "battery"})) return;
        const UnitReading above = Reader(ws_, rules_, reading.parent).read({});
        if (!is_one_of(above.value.echelon, {"regiment", "battalion", "company"})) return;
        if (value.echelon == "battery" && above.value.branch != "artillery" && above.value.branch != "air_defence") return;
        value.branch = above.value.branch;
        reading.symbol_branch = above.symbol_branch;
    }

    void read_modifier(std::uint32_t t, bool& field) {
        mechanised_ = mechanised_ || begins(t, "mech");
        motorised_ = motorised_ || begins(t, "motor") || is(t, "mot");
        field = field || is(t, "field") || is(t, "fld") || is(t, "medium");
        modifiers_.airborne = modifiers_.airborne || begins(t, "airborne") || is(t, "abn") || begins(t, "parach") || begins(t, "glider");
        modifiers_.mountain = modifiers_.mountain || begins(t, "mountain") || is(t, "alpine");
        modifiers_.ski = modifiers_.ski || is(t, "ski");
        modifiers_.fixed_wing = modifiers_.fixed_wing || begins(t, "fighter") || begins(t, "bomb");
    }

    // Numbers first and in figures, the nation before all, the words of the name as they are.
    std::string key(const UnitReading& reading) const {
        const UnitValue& value = reading.value;
        if (value.number.empty()) return named_key(value);
        std::string out, words;
        for (const char c : value.nation) out += static_cast<char>(c | 0x20);
        for (std::size_t i = 0; i < own_end_; ++i) {
            const UnitItem& item = items_[i];
            if (item.is_number()) {
                const int roman = roman_number(item.canonical);
                const bool letter = item.kind == Kind::letter || roman == 0;
                append(out, with_ordinal_ending(letter ? entity_slug(item.canonical) : std::to_string(roman)));
            } else if (item.kind == Kind::state) {
                append(words, entity_slug(item.canonical));
            } else if (item.kind == Kind::other || (item.kind == Kind::branch && item.canonical == "none") || (item.kind == Kind::nation && !item.is_nation())) {
                const std::string slug = entity_slug(designation(item.tokens, false));
                if (slug != "the" && slug != "and") append(words, slug);
            }
        }
        append(out, words);
        append(out, value.branch == "air" || value.branch == "naval" ? std::string() : reading.symbol_branch);
        append(out, value.echelon);
        std::replace(out.begin(), out.end(), '_', '-');
        if (!reading.parent.empty()) append(append(out, "of"), Reader(ws_, rules_, reading.parent).read({}).key);
        return out;
    }

    // A body with a name of its own is called by it, whatever its words could mean.
    std::string named_key(const UnitValue& value) const {
        const std::uint16_t known = rules_.vocabulary().lexicon_id("unit_known");
        const std::string_view name = known == Vocabulary::no_lexicon ? std::string_view() : rules_.vocabulary().canonical(known, ws_.sequence_key(range_));
        return entity_slug(name.empty() ? std::string_view(value.designation) : name);
    }

    static std::string& append(std::string& out, std::string_view part) {
        if (!out.empty() && !part.empty()) out += '-';
        return out += part;
    }

    const Workspace& ws_;
    const RuleSet& rules_;
    TokenRange range_;
    std::vector<UnitItem> items_;
    std::size_t head_, own_end_;
    SymbolModifiers modifiers_;
    bool several_ = false, mechanised_ = false, motorised_ = false;
};

}  // namespace

UnitReading read_unit_words(const Workspace& workspace, const RuleSet& rules, TokenRange range, std::string_view echelon) {
    return Reader(workspace, rules, range).read(echelon);
}

std::string symbol_of(const UnitReading& reading) {
    const UnitValue& value = reading.value;
    // Several units have no one symbol, and squadrons without an arm may fly.
    if (reading.several || (value.echelon == "squadron" && value.branch.empty())) return {};
    const bool read_branch = value.branch == "infantry" && reading.symbol_branch.ends_with("infantry");
    return unit_sidc(value.echelon, read_branch ? reading.symbol_branch : value.branch, reading.modifiers);
}

std::vector<UnitSuperior> read_superiors(const Workspace& workspace, const RuleSet& rules, TokenRange parent) {
    std::vector<UnitSuperior> superiors;
    while (!parent.empty()) {
        const UnitReading reading = read_unit_words(workspace, rules, parent, {});
        superiors.push_back({"unit:" + reading.key, reading.value.designation, reading.value.echelon, reading.value.nation, symbol_of(reading)});
        parent = reading.parent;
    }
    return superiors;
}

UnitValue whole_value(const Workspace& workspace, const RuleSet& rules, UnitReading reading) {
    reading.value.sidc = symbol_of(reading);
    reading.value.superiors = read_superiors(workspace, rules, reading.parent);
    return std::move(reading.value);
}

}  // namespace demarc
