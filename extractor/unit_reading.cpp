#include "extractor/unit_reading.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "extractor/sidc.hpp"

namespace demarc {
namespace {

constexpr std::uint32_t longest_entry = 5;  // tokens of a lexicon entry, marks included

struct Item {
    enum class Kind { other, number, nation, branch, head, arms, state, headquarters, task_force, link, letter } kind = Kind::other;
    std::string_view canonical;
    TokenRange tokens;
};

struct Source {
    Item::Kind kind;
    std::string_view lexicon;
};
// In the order in which they are asked; of two entries of the same length the earlier wins.
constexpr std::array<Source, 12> sources = {{
    {Item::Kind::head, "unit_companies"}, {Item::Kind::head, "unit_battalions"}, {Item::Kind::head, "unit_regiments"}, {Item::Kind::head, "unit_divisions"},
    {Item::Kind::head, "unit_corps"}, {Item::Kind::nation, "unit_nations"}, {Item::Kind::nation, "unit_nation_letters"}, {Item::Kind::branch, "unit_branches"},
    {Item::Kind::arms, "unit_arms"}, {Item::Kind::head, "unit_big_heads"}, {Item::Kind::state, "unit_states"}, {Item::Kind::number, "unit_ordinals"},
}};

class Reader {
public:
    Reader(const Workspace& workspace, const RuleSet& rules, TokenRange range) : ws_(workspace), rules_(rules), range_(range) {
        for (std::uint32_t t = range.first; t < range.last;) {
            items_.push_back(item_at(t));
            t = items_.back().tokens.last;
        }
    }

    UnitValue read(std::string_view echelon) {
        UnitValue value;
        value.designation = designation(range_);
        find_nation(value);
        find_head(value, echelon);
        find_parent(value);
        const SymbolModifiers modifiers{headquarters_, task_force_};
        // Squadrons without an arm may fly; several units have no one symbol.
        const bool unsure = several_ || (value.echelon == "squadron" && value.branch.empty());
        if (!unsure) value.sidc = land_unit_sidc(value.echelon, symbol_branch(value), modifiers);
        return value;
    }

private:
    std::string_view word(std::uint32_t t) const { return ws_.tokens[t].span().of(ws_.text); }
    bool is(std::uint32_t t, std::string_view wanted) const {
        const std::string_view text = word(t);
        return text.size() == wanted.size() && std::equal(text.begin(), text.end(), wanted.begin(), [](char a, char b) { return (a | 0x20) == (b | 0x20); });
    }

    bool begins(std::uint32_t t, std::string_view lower_start) const {
        const std::string_view text = word(t).substr(0, lower_start.size());
        return text.size() == lower_start.size() && std::equal(text.begin(), text.end(), lower_start.begin(), [](char a, char b) { return (a | 0x20) == b; });
    }

    Item item_at(std::uint32_t t) const {
        const Token& token = ws_.tokens[t];
        if (token.kind == TokenKind::number) {
            const bool suffixed = t + 1 < range_.last && ws_.tokens[t + 1].kind == TokenKind::word && (ws_.tokens[t + 1].predicates & shape::glued) != 0;
            return {Item::Kind::number, word(t), {t, suffixed ? t + 2 : t + 1}};
        }
        if (is(t, "headquarters") || is(t, "hq") || is(t, "hqs")) return {Item::Kind::headquarters, {}, {t, t + 1}};
        if (is(t, "of") || is(t, "in") || word(t) == ",") return {Item::Kind::link, {}, {t, t + 1}};
        if (is(t, "task")) return {Item::Kind::task_force, {}, {t, std::min(t + 2, range_.last)}};
        Item best{Item::Kind::other, {}, {t, t + 1}};
        std::uint32_t longest = 0;
        for (const auto& [kind, lexicon] : sources) {
            const std::uint16_t id = rules_.vocabulary().lexicon_id(lexicon);
            if (id == 0xFFFF) continue;
            for (std::uint32_t last = std::min(range_.last, t + longest_entry); last > t + longest; --last) {
                const std::string_view canonical = rules_.vocabulary().canonical(id, ws_.sequence_key({t, last}));
                if (canonical.empty()) continue;
                best = {kind, canonical, {t, last}};
                longest = last - t;
                break;
            }
        }
        if (longest != 0) return best;
        if ((token.predicates & shape::roman) != 0) return {Item::Kind::number, word(t), {t, t + 1}};
        if ((token.predicates & shape::initial) != 0) return {Item::Kind::letter, word(t), {t, t + 1}};
        return best;
    }

    static void put(std::string& out, std::string_view word, bool glued) {
        if (!out.empty() && !glued) out += ' ';
        out += word;
    }

    // Abbreviations in full, ordinals in figures, words in all capitals in title case: what two ways of writing one unit share.
    std::string designation(TokenRange range) const {
        bool shouted = range.last - range.first > 2;
        for (std::uint32_t t = range.first; t < range.last; ++t) shouted = shouted && (ws_.tokens[t].predicates & (shape::cap | shape::lower)) == 0;
        std::string out;
        for (const Item& item : items_) {
            if (item.tokens.first < range.first || item.tokens.last > range.last) continue;
            if (item.kind == Item::Kind::number && (ws_.tokens[item.tokens.first].predicates & shape::roman) == 0) {
                put(out, ordinal(item), false);
                continue;
            }
            for (std::uint32_t t = item.tokens.first; t < item.tokens.last; ++t) put_word(out, t, shouted);
        }
        return out;
    }

    std::string ordinal(const Item& item) const {
        const bool plain = ws_.tokens[item.tokens.first].kind == TokenKind::number && item.tokens.last - item.tokens.first == 1;
        std::string out(item.canonical);
        if (plain || out.empty()) return out;
        const bool teen = out.size() > 1 && out[out.size() - 2] == '1';
        const char last = out.back();
        return out += teen ? "th" : last == '1' ? "st" : last == '2' ? "nd" : last == '3' ? "rd" : "th";
    }

    void put_word(std::string& out, std::uint32_t t, bool shouted) const {
        const Token& token = ws_.tokens[t];
        const std::string_view text = word(t);
        if (text == ".") return;
        const std::uint16_t full = rules_.vocabulary().lexicon_id("unit_full_words");
        const std::string_view in_full = full == 0xFFFF ? std::string_view() : rules_.vocabulary().canonical(full, token.hash);
        const bool initial_after_point = t > range_.first && word(t - 1) == "." && (token.predicates & shape::initial) != 0 && (token.predicates & shape::glued) != 0;
        if (!in_full.empty()) return put(out, in_full, false);
        if (!shouted || (token.predicates & shape::caps) == 0 || (token.predicates & shape::roman) != 0) {
            return put(out, text, initial_after_point || (token.predicates & shape::glued) != 0);
        }
        std::string title(text);
        for (std::size_t i = is(t, "of") || is(t, "the") || is(t, "and") ? 0 : 1; i < title.size(); ++i) {
            if (title[i] >= 'A' && title[i] <= 'Z') title[i] = static_cast<char>(title[i] | 0x20);
        }
        put(out, title, false);
    }

    void find_nation(UnitValue& value) const {
        for (const Item& item : items_) {
            if (item.kind != Item::Kind::nation || !item.canonical.starts_with("iso-")) continue;
            for (const char c : item.canonical.substr(4)) value.nation += static_cast<char>(c & ~0x20);
            return;
        }
    }

    void find_head(UnitValue& value, std::string_view echelon) {
        std::size_t head = 0;
        while (head < items_.size() && items_[head].kind != Item::Kind::head) ++head;
        // A headless regiment ("65th Inf") ends at its arm, also when a division follows.
        std::size_t arm = 0;
        while (arm < items_.size() && items_[arm].kind != Item::Kind::arms && items_[arm].kind != Item::Kind::branch) ++arm;
        const std::size_t next_number = number_after(arm);
        for (std::size_t i = arm + 1; i < next_number; ++i) {
            if (items_[i].kind == Item::Kind::arms || (items_[i].kind == Item::Kind::branch && items_[i].canonical != "none")) arm = i;
        }
        const bool arm_is_head = arm < items_.size() && (head == items_.size() || next_number < head) && echelon.empty() && number_before(arm);
        if (arm_is_head) {
            // "101st Airborne", "2d Armored" are divisions, "65th Inf" a regiment.
            value.echelon = items_[arm].canonical == "airborne" || items_[arm].canonical == "armour" ? "division" : "regiment";
            value.branch = std::string(items_[arm].canonical);
            head_ = arm;
        } else if (head < items_.size()) {
            value.echelon = std::string(items_[head].canonical);
            head_ = head;
        } else {
            head_ = items_.size();
            value.echelon = std::string(echelon);
            if (value.echelon.empty() && has_state() && number_before(items_.size())) value.echelon = "regiment", value.branch = "infantry";
        }
        for (std::size_t i = 0; i < items_.size() && i < head_; ++i) {
            const Item& item = items_[i];
            if (item.kind == Item::Kind::headquarters) headquarters_ = true;
            if (item.kind == Item::Kind::task_force) task_force_ = true;
            if (item.kind == Item::Kind::number || item.kind == Item::Kind::letter) {
                several_ = several_ || !value.number.empty();
                value.number += (value.number.empty() ? "" : ",") + std::string(item.canonical);
            }
            const bool arm_word = item.kind == Item::Kind::branch || item.kind == Item::Kind::arms;
            if (arm_word && item.canonical != "none" && !arm_is_head) read_branch(item, value);
        }
        if (value.number.empty()) {
            for (std::size_t i = head_ + 1; i < items_.size() && items_[i].kind != Item::Kind::link; ++i) {
                if (items_[i].kind != Item::Kind::number && items_[i].kind != Item::Kind::letter) continue;
                value.number = std::string(items_[i].canonical);
                after_head_ = i;
                break;
            }
        }
        if (value.echelon == "fleet" || value.echelon == "flotilla") value.branch = "naval";
        if (value.echelon == "air_force" || value.echelon == "wing") value.branch = "air";
    }

    void read_branch(const Item& item, UnitValue& value) {
        if (value.branch.empty() || item.canonical == "armour" || item.canonical == "artillery" || item.canonical == "engineer") value.branch = std::string(item.canonical);
        for (std::uint32_t t = item.tokens.first; t < item.tokens.last; ++t) {
            mechanised_ = mechanised_ || begins(t, "mech");
            motorised_ = motorised_ || begins(t, "motor");
        }
    }

    std::string symbol_branch(const UnitValue& value) const {
        if (value.branch == "infantry" && mechanised_) return "mechanised_infantry";
        if (value.branch == "infantry" && motorised_) return "motorised_infantry";
        return value.branch;
    }

    bool number_before(std::size_t index) const {
        return std::any_of(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(index), [](const Item& i) { return i.kind == Item::Kind::number; });
    }
    std::size_t number_after(std::size_t index) const {
        for (std::size_t i = index + 1; i < items_.size(); ++i) {
            if (items_[i].kind == Item::Kind::number || items_[i].kind == Item::Kind::link) return i;
        }
        return items_.size();
    }
    bool has_state() const {
        return std::any_of(items_.begin(), items_.end(), [](const Item& i) { return i.kind == Item::Kind::state; });
    }

    // What stands behind the unit's own words: a larger unit.
    void find_parent(UnitValue& value) const {
        for (std::size_t i = std::max(head_, after_head_) + 1; i < items_.size(); ++i) {
            if (items_[i].kind == Item::Kind::link || (items_[i].kind == Item::Kind::other && is(items_[i].tokens.first, "the"))) continue;
            if (items_[i].kind != Item::Kind::number && items_[i].kind != Item::Kind::nation && items_[i - 1].kind != Item::Kind::link) continue;
            value.parent = designation({items_[i].tokens.first, range_.last});
            return;
        }
    }

    const Workspace& ws_;
    const RuleSet& rules_;
    TokenRange range_;
    std::vector<Item> items_;
    std::size_t head_ = 0, after_head_ = 0;
    bool headquarters_ = false, task_force_ = false, several_ = false, mechanised_ = false, motorised_ = false;
};

}  // namespace

UnitValue read_unit(const Workspace& workspace, const RuleSet& rules, TokenRange range, std::string_view echelon) {
    return Reader(workspace, rules, range).read(echelon);
}

}  // namespace demarc
