#include "extractor/line_course.hpp"

#include <algorithm>
#include <array>

#include "extractor/compass.hpp"
#include "extractor/sentence.hpp"

namespace demarc {
namespace {

using Role = LineLeg::Role;

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

class CourseReader {
public:
    CourseReader(const ResolveContext& context, TokenRange range, Mention& mention)
        : context_(context), ws_(context.workspace), range_(range), mention_(mention), legs_(mention.as<LineValue>().legs) {}

    void read() {
        std::uint32_t gap = range_.first;
        for (std::uint32_t t = range_.first; t < range_.last;) {
            const std::int32_t at = ws_.mention_at[t];
            if (at < 0 || !is_anchor(ws_.mentions[static_cast<std::size_t>(at)].type)) {
                ++t;
                continue;
            }
            const auto index = static_cast<std::uint32_t>(at);
            take({gap, t}, index);
            t = std::max(t + 1, ws_.mention_tokens[index].last);
            gap = t;
        }
        read_tail({gap, range_.last});
    }

private:
    static bool is_anchor(MentionType type) { return type == MentionType::place || type == MentionType::coordinate || type == MentionType::line; }
    [[nodiscard]] std::string word(std::uint32_t token) const {
        std::string lower(ws_.text_of({token, token + 1}));
        for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        return lower;
    }

    void take(TokenRange gap, std::uint32_t index) {
        mention_.anchors.push_back(index);
        if (names_the_same(gap, index)) return;
        LineLeg leg;
        leg.anchor = index;
        static constexpr std::array<std::string_view, 6> along{"along", "following", "follows", "followed", "up", "down"};
        static constexpr std::array<std::string_view, 11> through{"to", "through", "via", "from", "and", "between", "over", "across", "crossing", "past", "of"};
        for (std::uint32_t t = gap.first; t < gap.last; ++t) {
            const std::string said = word(t);
            if (is_one_of(said, along)) {
                leg.role = Role::along;
                if (is_bare_way({t + 1, gap.last})) leg.role = Role::through;
            } else if (said == "mouth" || said == "estuary") {
                leg.role = Role::mouth;
            } else if (said == "source" || said == "head" || said == "headwaters") {
                leg.role = Role::source;
            } else if (said != "of" && is_one_of(said, through)) {
                leg.role = Role::through;
            }
        }
        if (ws_.mentions[index].type == MentionType::line && leg.role == Role::through) leg.role = legs_.empty() ? Role::along : Role::through;
        read_distance(gap, leg);
        legs_.push_back(leg);
        river_ = names_a_way(leg) ? static_cast<std::int64_t>(index) : river_;
    }

    /// "Kumsong (CT 7952)", "Chemulpo [Inchon]": the second says better, or again, where the first is.
    bool names_the_same(TokenRange gap, std::uint32_t index) {
        if (legs_.empty() || gap.last - gap.first > 2 || legs_.back().role != Role::through) return false;
        for (std::uint32_t t = gap.first; t < gap.last; ++t) {
            if (const std::string said = word(t); said != "(" && said != "[" && said != "at") return false;
        }
        if (ws_.mentions[index].type == MentionType::coordinate && !legs_.back().distance_m) legs_.back().anchor = index;
        return true;
    }

    /// "… following the river to": a way without a name, so that the leg before the anchor follows the last river, or the coast.
    bool is_bare_way(TokenRange rest) {
        static constexpr std::array<std::string_view, 6> waters{"river", "stream", "bank", "banks", "course", "valley"};
        static constexpr std::array<std::string_view, 4> coasts{"coast", "shore", "coastline", "sea"};
        for (std::uint32_t t = rest.first; t < std::min(rest.last, rest.first + 4); ++t) {
            const std::string said = word(t);
            const bool goes_on = t + 1 < rest.last && word(t + 1) != "of";
            if (is_one_of(said, waters) && goes_on) {
                if (river_ >= 0) legs_.push_back({Role::along, static_cast<std::uint32_t>(river_), {}, {}});
                return true;
            }
            if (is_one_of(said, coasts) && goes_on) {
                legs_.push_back({Role::coast, 0, {}, {}});
                return true;
            }
        }
        return false;
    }

    void read_distance(TokenRange gap, LineLeg& leg) {
        for (const std::uint32_t index : ws_.mentions_in(gap, MentionType::measure)) {
            const auto& measure = ws_.mentions[index].as<MeasureValue>();
            const std::uint32_t direction = ws_.mention_tokens[index].last;
            if (measure.dimension != "length" || !measure.value_si || direction >= gap.last) continue;
            for (std::uint32_t t = direction; t < std::min(gap.last, direction + 3) && !leg.bearing_deg; ++t) {
                leg.bearing_deg = bearing_of_direction(token_canonical(ws_, context_.rules, t, "directions"));
            }
            if (leg.bearing_deg) leg.distance_m = *measure.value_si;
        }
        if (leg.bearing_deg || gap.last - gap.first < 2 || word(gap.last - 1) != "of") return;
        // "South of Kumsong": beside it, at a distance that the text leaves open.
        leg.bearing_deg = bearing_of_direction(token_canonical(ws_, context_.rules, gap.last - 2, "directions"));
    }

    [[nodiscard]] bool names_a_way(const LineLeg& leg) const {
        if (leg.role == Role::along || leg.role == Role::mouth || leg.role == Role::source) return true;
        const Mention& anchor = ws_.mentions[leg.anchor];
        return anchor.type == MentionType::place && may_be_water(context_, anchor);
    }

    /// "… from Munsan to Yonchon along the coast" says afterwards what is followed: a bare way at the end.
    void read_tail(TokenRange tail) {
        for (std::uint32_t t = tail.first; t < tail.last; ++t) {
            const std::string said = word(t);
            if ((said == "along" || said == "following") && is_bare_way({t + 1, tail.last})) return;
        }
    }

    const ResolveContext& context_;
    Workspace& ws_;
    TokenRange range_;
    Mention& mention_;
    std::vector<LineLeg>& legs_;
    std::int64_t river_ = -1;  // the last river named, as a mention
};

}  // namespace

bool may_be_water(const ResolveContext& context, const Mention& place) {
    static constexpr std::array<std::string_view, 6> waters = {"river", "lake", "reservoir", "sea", "bay", "strait"};
    if (place.type != MentionType::place) return false;
    if (is_one_of(place.as<PlaceValue>().kind, waters)) return true;
    return std::any_of(place.candidates.begin(), place.candidates.end(),
                       [&](const Candidate& candidate) { return is_one_of(context.gazetteer.record(candidate.record).kind, waters); });
}

void read_line_course(const ResolveContext& context, TokenRange range, Mention& mention) { CourseReader(context, range, mention).read(); }

}  // namespace demarc
