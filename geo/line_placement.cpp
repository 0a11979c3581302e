#include "geo/line_placement.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <vector>

#include "geo/line_course.hpp"
#include "geo/line_interpolation.hpp"
#include "geo/offset_lines.hpp"
#include "geo/slug.hpp"

namespace demarc {
namespace {

constexpr double widest_gap_m = 2'000'000;  // from the Baltic to the Black Sea 1,400 km; two anchors further apart are not of one line, one is placed wrongly

constexpr std::array<std::string_view, 3> front_kinds{"front_line", "line_of_contact", "battle_line"};
constexpr std::array<std::string_view, 4> agreed_kinds{"demarcation_line", "armistice_line", "ceasefire_line", "boundary_line"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& kinds, std::string_view kind) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

std::string entity_slug(const std::string& entity) { return entity.substr(entity.find(':') + 1); }

std::string kilometres(double metres) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.4g km", metres / 1000);
    return text.data();
}

std::string capitalised(std::string word) {
    if (!word.empty() && word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 'a' + 'A');
    return word;
}

/// "north" -> "Northern".
std::string side_adjective(const std::string& side) { return capitalised(side) + "ern"; }

class LinePlacer {
public:
    LinePlacer(ExtractedDocument& document, const LineContext& context)
        : document_(document), context_(context), states_(document.mentions.size(), State::waiting) {}

    void run() {
        for (std::size_t i = 0; i < document_.mentions.size(); ++i) {
            if (document_.mentions[i].type == MentionType::line) place(i);
        }
        for (Mention& mention : document_.mentions) {
            if (mention.type == MentionType::line && !mention.location && is_one_of(agreed_kinds, mention.as<LineValue>().kind)) place_as_before(mention);
        }
    }

private:
    enum class State { waiting, at_work, done };

    /// Anchors first: a line may hang on another that comes later in the text. A circle of anchors ends at the one at work.
    void place(std::size_t index) {
        if (states_[index] != State::waiting) return;
        states_[index] = State::at_work;
        Mention& mention = document_.mentions[index];
        for (const std::uint32_t anchor : mention.anchors) {
            if (anchor < document_.mentions.size() && document_.mentions[anchor].type == MentionType::line) place(anchor);
        }
        place_one(mention);
        states_[index] = State::done;
    }

    void place_one(Mention& mention) {
        auto& value = mention.as<LineValue>();
        if (value.offset_m) place_offset(mention, value);
        else place_itself(mention, value);
    }

    void place_itself(Mention& mention, LineValue& value) {
        if (value.kind == "parallel") {
            place_parallel(mention, value);
        } else if (!value.name.empty() && take(mention, named(value))) {
        } else if (value.kind == "border" && take_border(mention, value)) {
        } else if (!value.legs.empty() && place_course(mention, value)) {
        } else if (const Mention* line = anchor_line(mention)) {
            place_as(mention, value, *line);
        } else if (!is_planned(value)) {
            place_by_date(mention, value);
        } else {
            leave(mention, "a " + value.state + " line that the text does not place");
        }
    }

    static bool is_planned(const LineValue& value) { return value.state == "proposed" || value.state == "hypothetical"; }
    [[nodiscard]] std::string date_of(const LineValue& value) const { return value.when.empty() ? context_.date : value.when; }
    [[nodiscard]] std::optional<LineMatch> named(const LineValue& value) const {
        return context_.theatre.empty() ? only_one(value.name, "", value) : context_.lines->named(value.name, "", date_of(value), context_.theatre);
    }

    /// Without a theatre, the line of this name if one theatre alone has such a line at the date.
    [[nodiscard]] std::optional<LineMatch> only_one(const std::string& name, std::string_view kind, const LineValue& value) const {
        if (date_of(value).empty()) return std::nullopt;
        auto match = context_.lines->named(name, kind, date_of(value), "", true);
        if (!match) return std::nullopt;
        match->inferred = true;
        match->why.emplace_back("no place of the document tells the theatre; no other theatre has such a line at that date");
        return match;
    }

    /// "Western front" and "Korean front" are the theatres'; "central front" is a part of one that no line tells.
    [[nodiscard]] bool names_theatre(const Mention& mention) const {
        constexpr std::size_t stem = 4;
        const std::string_view words = mention.span.of(document_.document.text);
        if (words.size() < stem || context_.theatre.size() < stem) return false;
        return std::equal(words.begin(), words.begin() + stem, context_.theatre.begin(), [](char a, char b) { return (a | 32) == (b | 32); });
    }

    [[nodiscard]] std::optional<LineMatch> at_date(const Mention& mention) const {
        const auto& value = mention.as<LineValue>();
        const std::string date = date_of(value);
        std::vector<std::string_view> kinds{value.kind};
        if (is_one_of(front_kinds, value.kind)) {
            // Front lines go first whatever word the text uses: the three name one thing.
            return context_.lines->at_date(front_kinds, date, context_.theatre);
        }
        if (value.kind == "front") return names_theatre(mention) ? context_.lines->at_date(front_kinds, date, context_.theatre) : std::nullopt;
        if (!is_one_of(agreed_kinds, value.kind)) return std::nullopt;
        for (const std::string_view kind : agreed_kinds) {
            if (kind != value.kind) kinds.push_back(kind);
        }
        return context_.lines->at_date(kinds, date, context_.theatre, true);
    }

    void place_by_date(Mention& mention, LineValue& value) {
        if (context_.interpolate && is_one_of(front_kinds, value.kind) && take_interpolated(mention, value)) return;
        if (take(mention, at_date(mention))) return;
        if (context_.theatre.empty()) leave(mention, "no place of the document tells the theatre");
        else if (date_of(value).empty()) leave(mention, "neither the text nor the document gives a date");
        else leave(mention, "no reference line of " + context_.theatre + " for a " + words(value.kind) + " at " + date_of(value));
    }

    /// "The border between Korea and China": the one between these countries at the date.
    bool take_border(Mention& mention, const LineValue& value) {
        std::vector<std::string_view> records;
        for (const std::uint32_t anchor : mention.anchors) {
            if (anchor < document_.mentions.size() && document_.mentions[anchor].location) records.push_back(document_.mentions[anchor].location->gazetteer_id);
        }
        const ReferenceLine* line = context_.lines->border(records, date_of(value));
        if (line == nullptr) return false;
        return take(mention, LineMatch{line, false, {"the border between the countries named, \"" + line->name + "\" of " + line->when}});
    }

    bool take(Mention& mention, const std::optional<LineMatch>& match) {
        if (!match) return false;
        auto& value = mention.as<LineValue>();
        const ReferenceLine& line = *match->line;
        mention.location = Location{line.geometry, line.uncertainty_m, "reference_line", line.id};
        mention.entity = "line:" + line.id;
        mention.why.insert(mention.why.end(), match->why.begin(), match->why.end());
        if (match->inferred) mention.status = Certainty::inferred;
        mention.confidence = std::min(mention.confidence, match->inferred ? 0.6 : 0.9);
        if (value.state.empty()) value.state = line.state;
        if (value.when.empty() && value.kind != "parallel") value.when = context_.date;
        return true;
    }

    bool take_interpolated(Mention& mention, LineValue& value) {
        auto line = interpolated_line(*context_.lines, front_kinds, date_of(value), context_.theatre);
        if (!line) return false;
        mention.location = Location{std::move(line->geometry), line->uncertainty_m, "constructed", {}};
        mention.entity = "line:" + slug_of(line->slug);
        mention.why.insert(mention.why.end(), line->why.begin(), line->why.end());
        mention.status = Certainty::inferred;
        mention.confidence = std::min(mention.confidence, 0.5);
        if (value.when.empty()) value.when = context_.date;
        return true;
    }

    void leave(Mention& mention, std::string reason) {
        const auto& value = mention.as<LineValue>();
        std::string tail = value.name;
        if (tail.empty()) tail = date_of(value).empty() ? document_.document.id : date_of(value);
        mention.entity = "line:" + slug_of(value.kind) + "-" + slug_of(tail);
        mention.location.reset();
        if (!is_planned(value)) mention.status = Certainty::unresolved;
        mention.why.push_back(std::move(reason));
    }

    /// A document speaks of one demarcation line, however often: what its words place nowhere is the one that they place elsewhere, if that is one.
    void place_as_before(Mention& mention) {
        const Mention* same = nullptr;
        for (const Mention& other : document_.mentions) {
            if (other.type != MentionType::line || !other.location || other.as<LineValue>().kind != mention.as<LineValue>().kind) continue;
            if (same != nullptr && same->entity != other.entity) return;
            same = &other;
        }
        if (same == nullptr) return;
        mention.location = same->location;
        mention.parts = same->parts;
        mention.entity = same->entity;
        mention.status = Certainty::inferred;
        mention.confidence = std::min(mention.confidence, same->confidence);
        mention.why.push_back("the one " + words(mention.as<LineValue>().kind) + " that the document places");
    }

    /// The line itself of a mention: not its boundaries where they are what it is drawn by.
    [[nodiscard]] const LineString* line_of(const Mention& mention) const {
        if (const auto base = bases_.find(&mention); base != bases_.end()) return &base->second;
        return mention.location ? std::get_if<LineString>(&mention.location->geometry) : nullptr;
    }

    [[nodiscard]] const Mention* anchor_line(const Mention& mention) const {
        for (const std::uint32_t anchor : mention.anchors) {
            if (anchor >= document_.mentions.size()) continue;
            const Mention& other = document_.mentions[anchor];
            if (&other != &mention && other.type == MentionType::line && other.location && line_of(other) != nullptr) return &other;
        }
        return nullptr;
    }

    bool place_course(Mention& mention, LineValue& value) {
        auto course = draw_course(document_, mention, {context_.lines, context_.coast});
        if (!course) return false;
        if (course->widest_gap_m > widest_gap_m) {
            mention.status = Certainty::unresolved;
            mention.entity = "line:" + slug_of(value.kind + "-" + anchor_names(mention));
            mention.why.push_back("two of its anchors are " + kilometres(course->widest_gap_m) + " apart; no line is drawn over more than " + kilometres(widest_gap_m));
            return true;
        }
        mention.location = Location{std::move(course->line), course->uncertainty_m, "constructed", {}};
        mention.entity = "line:" + slug_of(value.kind + "-" + anchor_names(mention));
        mention.why.insert(mention.why.end(), course->why.begin(), course->why.end());
        weaken(mention, mention.anchors);
        if (value.when.empty() && value.kind != "river" && value.kind != "coast" && value.kind != "road" && value.kind != "railway") value.when = context_.date;
        return true;
    }

    [[nodiscard]] std::string anchor_names(const Mention& mention) const {
        std::string names;
        for (const std::uint32_t anchor : mention.anchors) {
            if (anchor < document_.mentions.size()) names += (names.empty() ? "" : "-") + entity_slug(document_.mentions[anchor].entity);
        }
        return names;
    }

    void place_as(Mention& mention, LineValue& value, const Mention& line) {
        mention.location = Location{*line_of(line), line.location->uncertainty_m, line.location->source, line.location->gazetteer_id};
        mention.entity = "line:" + slug_of(value.kind + (value.state.empty() ? "" : "-" + value.state) + "-" + entity_slug(line.entity));
        mention.why.push_back("runs where \"" + std::string(line.span.of(document_.document.text)) + "\" runs");
        mention.why.insert(mention.why.end(), line.why.begin(), line.why.end());
        if (line.status == Certainty::inferred) mention.status = Certainty::inferred;
        mention.confidence = std::min(mention.confidence, line.confidence);
    }

    /// What hangs on doubtful things is doubtful.
    void weaken(Mention& mention, const std::vector<std::uint32_t>& anchors) {
        for (const std::uint32_t anchor : anchors) {
            if (anchor >= document_.mentions.size()) continue;
            const Mention& other = document_.mentions[anchor];
            mention.confidence = std::min(mention.confidence, other.confidence);
            if (other.status != Certainty::attested) mention.status = Certainty::inferred;
        }
    }

    void place_parallel(Mention& mention, LineValue& value) {
        const double lat = std::strtod(value.name.c_str(), nullptr);
        const std::string name = value.name + " parallel";
        if (take(mention, context_.theatre.empty() ? only_one(name, "parallel", value) : context_.lines->named(name, "parallel", date_of(value), context_.theatre))) return;
        if (!(lat > 0 && lat < 90)) return leave(mention, "\"" + value.name + "\" is no latitude in (0, 90)");
        if (!context_.bounds) return leave(mention, "no place of the document tells across which theatre the parallel is meant");
        LineString line = parallel_line(lat, context_.bounds->west, context_.bounds->east, 5'000);
        for (LonLat& position : line) position = rounded(position);
        mention.location = Location{std::move(line), 0, "constructed", {}};
        mention.entity = "line:parallel-" + slug_of(value.name + (context_.theatre.empty() ? "" : "-" + context_.theatre));
        mention.why.push_back("parallel of latitude across the theatre " + context_.theatre);
    }

    struct Base {
        LineString line;
        double uncertainty_m;
        std::string slug, name, reference;
        bool of_mention = false;  ///< the mention is this line, so that nothing else draws it
    };

    /// The line that an offset is measured from: its anchor, else the front of the date.
    std::optional<Base> base_of(Mention& mention, const LineValue& value) {
        const bool described = value.legs.size() >= 2;
        if (const Mention* line = described ? nullptr : anchor_line(mention)) {
            mention.why.push_back("measured from \"" + std::string(line->span.of(document_.document.text)) + "\"");
            mention.why.insert(mention.why.end(), line->why.begin(), line->why.end());
            if (line->status != Certainty::attested) mention.status = Certainty::inferred;
            mention.confidence = std::min(mention.confidence, line->confidence);
            const ReferenceLine* reference = context_.lines->find_id(line->location->gazetteer_id);
            return Base{*line_of(*line), line->location->uncertainty_m, entity_slug(line->entity),
                        reference != nullptr ? reference->name : std::string(line->span.of(document_.document.text)), line->location->gazetteer_id};
        }
        if (value.kind != "withdrawal_boundary" && value.kind != "boundary_line") {
            Mention itself = mention;
            place_itself(itself, itself.as<LineValue>());
            if (const auto* line = itself.location ? std::get_if<LineString>(&itself.location->geometry) : nullptr) {
                mention.why = itself.why, mention.status = itself.status, mention.confidence = itself.confidence;
                const ReferenceLine* reference = context_.lines->find_id(itself.location->gazetteer_id);
                return Base{*line, itself.location->uncertainty_m, entity_slug(itself.entity),
                            reference != nullptr ? reference->name : std::string(mention.span.of(document_.document.text)), itself.location->gazetteer_id, true};
            }
        }
        const auto match = context_.lines->at_date(front_kinds, date_of(value), context_.theatre);
        if (!match) return std::nullopt;
        mention.why.push_back("measured from the front line of the date");
        mention.why.insert(mention.why.end(), match->why.begin(), match->why.end());
        mention.status = Certainty::inferred;
        mention.confidence = std::min(mention.confidence, match->inferred ? 0.5 : 0.75);
        return Base{match->line->geometry, match->line->uncertainty_m, match->line->id, match->line->name, match->line->id};
    }

    void place_offset(Mention& mention, LineValue& value) {
        const auto base = base_of(mention, value);
        if (!base) return leave(mention, "neither the text nor the date gives the line that " + kilometres(*value.offset_m) + " are measured from");
        bases_.insert_or_assign(&mention, base->line);
        auto both = offset_strip(base->line, *value.offset_m);
        if (!both) return place_zone_alone(mention, value, *base, both.error().message);
        mention.entity = "line:" + base->slug + "-" + slug_of(kilometres(*value.offset_m));
        const bool one_side = !value.offset_side.empty() && value.offset_side != "both";
        if (one_side) place_one_side(mention, value, *base, *both);
        else place_both_sides(mention, value, *base, std::move(*both));
        if (value.when.empty()) value.when = context_.date;
    }

    /// A line without two sides keeps the zone around it.
    void place_zone_alone(Mention& mention, const LineValue& value, const Base& base, const std::string& reason) {
        leave(mention, reason);
        auto zone = offset_zone(base.line, *value.offset_m);
        if (!zone) return;
        mention.entity = "line:" + base.slug + "-" + slug_of(kilometres(*value.offset_m));
        mention.parts.push_back({"strip", MentionType::area, strip_kind(value), capitalised(words(strip_kind(value))) + ", " + kilometres(*value.offset_m) + " around " + base.name, "",
                                 constructed(std::move(*zone), base)});
        mention.why.emplace_back("the zone around it is drawn without boundaries");
    }

    [[nodiscard]] Location constructed(Geometry geometry, const Base& base) const {
        return {std::move(geometry), base.uncertainty_m, "constructed", base.reference};
    }

    static std::string strip_kind(const LineValue& value) { return value.kind == "withdrawal_boundary" ? "withdrawal_zone" : "zone"; }
    static std::string words(std::string kind) {
        std::replace(kind.begin(), kind.end(), '_', ' ');
        return kind.empty() ? "line" : kind;
    }

    void place_both_sides(Mention& mention, const LineValue& value, const Base& base, OffsetStrip both) {
        mention.location = constructed(MultiLineString{both.left, both.right}, base);
        if (base.of_mention) mention.parts.push_back({"line", MentionType::line, value.kind, base.name, "", constructed(base.line, base)});
        const std::string what = kilometres(*value.offset_m) + " from " + base.name;
        const std::string boundary_kind = value.kind == "withdrawal_boundary" ? value.kind : "boundary_line";  // no front, whatever it is measured from
        const std::string line_name = value.kind == "withdrawal_boundary" ? "boundary of the withdrawal" : "boundary";
        for (const auto* side : {&both.left_side, &both.right_side}) {
            mention.parts.push_back({*side, MentionType::line, boundary_kind, side_adjective(*side) + " " + line_name + ", " + what, *side,
                                     constructed(*both.boundary(*side), base)});
        }
        mention.parts.push_back({"strip", MentionType::area, strip_kind(value), capitalised(words(strip_kind(value))) + ", " + what + " on each side", "",
                                 constructed(std::move(both.strip), base)});
        mention.why.push_back("boundaries " + kilometres(*value.offset_m) + " on both sides, " + both.left_side + " and " + both.right_side);
    }

    void place_one_side(Mention& mention, const LineValue& value, const Base& base, const OffsetStrip& both) {
        const LineString* boundary = both.boundary(value.offset_side);
        if (boundary == nullptr) {
            return leave(mention, "the line has a " + both.left_side + " and a " + both.right_side + " side, not one to the " + value.offset_side);
        }
        mention.location = constructed(*boundary, base);
        mention.entity += "-" + slug_of(value.offset_side);
        const std::string what = kilometres(*value.offset_m) + " " + value.offset_side + " of " + base.name;
        mention.why.push_back("boundary " + what);
        auto strip = offset_side_strip(base.line, *value.offset_m, value.offset_side);
        if (!strip) return;
        mention.parts.push_back({"strip", MentionType::area, strip_kind(value), capitalised(words(strip_kind(value))) + ", " + what, value.offset_side,
                                 constructed(std::move(strip->strip), base)});
    }

    ExtractedDocument& document_;
    const LineContext& context_;
    std::vector<State> states_;
    std::map<const Mention*, LineString> bases_;  // by mention: what its boundaries are measured from
};

}  // namespace

void place_lines(ExtractedDocument& document, const LineContext& context) { LinePlacer(document, context).run(); }

}  // namespace demarc
