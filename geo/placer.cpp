#include "geo/placer.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>
#include <map>

#include "geo/area_placement.hpp"
#include "geo/coordinates.hpp"
#include "geo/line_checks.hpp"
#include "geo/line_placement.hpp"
#include "geo/slug.hpp"

namespace demarc {
namespace {

constexpr double disagreement_m = 5'000;
constexpr double smallest_square_m = 100;  // smaller ones are points on any map
constexpr double theatre_margin_m = 100'000;  // around the lines of a theatre

std::string text_of(const ExtractedDocument& document, const Mention& mention) { return std::string(mention.span.of(document.document.text)); }

/// Positions of the likeliest record of each place mention, before anything is decided: enough to tell the theatre.
std::vector<LonLat> likely_positions(const ExtractedDocument& document, const RecordLookup& record) {
    std::map<std::string_view, LonLat> positions;
    for (const Mention& mention : document.mentions) {
        if (mention.type != MentionType::place) continue;
        double best = -1;
        for (const Candidate& candidate : mention.candidates) {
            const Record found = record(candidate.record);
            const double weight = candidate.score + found.rank / 9.0;
            if (found.record_class != RecordClass::place || weight <= best) continue;
            best = weight;
            positions[mention.span.of(document.document.text)] = found.position;
        }
    }
    std::vector<LonLat> out;
    for (const auto& [surface, position] : positions) out.push_back(position);
    return out;
}

const LonLat* point_of(const Mention& mention) {
    return mention.location ? std::get_if<LonLat>(&mention.location->geometry) : nullptr;
}

bool has(const ExtractedDocument& document, MentionType type) {
    return std::any_of(document.mentions.begin(), document.mentions.end(), [type](const Mention& mention) { return mention.type == type; });
}

/// Lines and areas, and what is said of where units were: for nothing else does it matter where a document's places lie as a whole.
bool speaks_of_lines(const ExtractedDocument& document) {
    return std::any_of(document.mentions.begin(), document.mentions.end(), [](const Mention& mention) {
        return mention.type == MentionType::line || mention.type == MentionType::area || (mention.type == MentionType::military_unit && !mention.relations.empty());
    });
}

/// One position for each placed place and coordinate, however often it is named: the last one that was given, by entity.
std::vector<LonLat> placed_positions(const ExtractedDocument& document) {
    const MentionList& mentions = document.mentions;
    std::vector<std::uint32_t> placed;
    for (std::uint32_t i = 0; i < mentions.size(); ++i) {
        if ((mentions[i].type == MentionType::place || mentions[i].type == MentionType::coordinate) && point_of(mentions[i]) != nullptr) placed.push_back(i);
    }
    std::sort(placed.begin(), placed.end(), [&mentions](std::uint32_t a, std::uint32_t b) {
        const int order = mentions[a].entity.compare(mentions[b].entity);
        return order != 0 ? order < 0 : a < b;
    });
    std::vector<LonLat> out;
    out.reserve(placed.size());
    for (std::size_t i = 0; i < placed.size(); ++i) {
        if (i + 1 == placed.size() || mentions[placed[i]].entity != mentions[placed[i + 1]].entity) out.push_back(*point_of(mentions[placed[i]]));
    }
    return out;
}

/// Letters of a square without its zone: "CT" of "CT 454385"; "" of anything else.
std::string square_letters_of(const std::string& text) {
    const auto end = text.find_first_not_of("ABCDEFGHJKLMNPQRSTUVWXYZ");
    return end == 2 ? text.substr(0, 2) : "";
}

void place_coordinates(ExtractedDocument& document, GridContext context) {
    for (Mention& mention : document.mentions) {
        if (mention.type != MentionType::coordinate) continue;
        const std::string text = text_of(document, mention);
        auto read = read_coordinate(text, context);
        if (!read) {
            mention.status = Certainty::unresolved;
            mention.entity = "coordinate:unresolved-" + slug_of(text);
            mention.why.push_back(context.theatre.empty() ? "no theatre tells the grid of this reference" : "no legal reference of any known grid");
            continue;
        }
        mention.entity = "coordinate:" + read->reading.normalised;
        mention.value = read->reading.value;
        mention.why.insert(mention.why.end(), read->why.begin(), read->why.end());
        mention.status = Certainty::attested;
        if (read->position) mention.location = Location{*read->position, read->uncertainty_m, "coordinate", {}};
        if (const auto& square = read->reading.square; square && read->reading.value.precision_m >= smallest_square_m) {
            Ring ring(square->begin(), square->end());
            ring.push_back(ring.front());
            mention.parts.push_back({"square", MentionType::area, "grid_square", text, "", Location{Polygon{std::move(ring), {}}, read->uncertainty_m, "coordinate", {}}});
        }
        const std::string& system = read->reading.value.system;
        if (system.starts_with("grid_")) {
            mention.status = Certainty::inferred;
            mention.confidence = std::min(mention.confidence, read->guessed_square ? 0.6 : 0.9);
        }
        if (system == "grid_bessel" && !read->guessed_square) context.last_letters = square_letters_of(text);
        const auto candidate = [](const CoordinateReading& reading, double score) {
            return Candidate{std::numeric_limits<std::uint32_t>::max(), static_cast<float>(score), "coordinate:" + reading.normalised, reading.note, {}};
        };
        if (read->alternatives.empty()) continue;
        mention.candidates = {candidate(read->reading, mention.confidence)};
        for (const CoordinateReading& other : read->alternatives) {
            mention.candidates.push_back(candidate(other, (1 - mention.confidence) / static_cast<double>(read->alternatives.size())));
        }
    }
}

/// Only brackets, commas, spaces and "at" between a place and its coordinate.
bool is_beside(std::string_view between) {
    if (between.size() > 8) return false;
    std::string letters;
    for (const char c : between) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) letters += c;
        else if (c != ' ' && c != '(' && c != '[' && c != ',' && c != '\n') return false;
    }
    return letters.empty() || letters == "at";
}

/// The coordinate mention right after a place; mentions.size() where none is.
std::size_t coordinate_beside(const ExtractedDocument& document, std::size_t place) {
    const Span span = document.mentions[place].span;
    for (std::size_t next = place + 1; next < document.mentions.size(); ++next) {
        const Mention& other = document.mentions[next];
        if (other.span.begin < span.end) continue;
        const std::string_view between = std::string_view(document.document.text).substr(span.end, other.span.begin - span.end);
        if (!is_beside(between)) break;
        if (other.type == MentionType::coordinate) return next;
        break;
    }
    return document.mentions.size();
}

std::vector<std::size_t> coordinates_beside(const ExtractedDocument& document) {
    std::vector<std::size_t> beside(document.mentions.size(), document.mentions.size());
    for (std::size_t i = 0; i < document.mentions.size(); ++i) {
        if (document.mentions[i].type == MentionType::place) beside[i] = coordinate_beside(document, i);
    }
    return beside;
}

/// A place that no gazetteer has takes the position of its coordinate; one that has another is a contradiction worth a look.
void settle_with_coordinates(ExtractedDocument& document, const std::vector<std::size_t>& beside, std::vector<Problem>& problems) {
    for (std::size_t i = 0; i < beside.size(); ++i) {
        if (beside[i] == document.mentions.size()) continue;
        Mention& place = document.mentions[i];
        const Mention& coordinate = document.mentions[beside[i]];
        const LonLat* given = point_of(coordinate);
        if (given == nullptr) continue;
        if (const LonLat* known = point_of(place)) {
            const double apart = distance_m(*known, *given);
            if (apart <= disagreement_m + std::max(0.0, place.location->uncertainty_m) + coordinate.location->uncertainty_m) continue;
            std::array<char, 48> distance{};
            std::snprintf(distance.data(), distance.size(), "%.0f km apart", apart / 1000);
            problems.push_back({document.document.id, ProblemLevel::notice, "coordinate_disagrees",
                                "\"" + text_of(document, place) + "\" of the gazetteer and its coordinate \"" + text_of(document, coordinate) + "\" are " +
                                    distance.data(),
                                Span{place.span.begin, coordinate.span.end}, {}});
            continue;
        }
        place.location = coordinate.location;
        place.status = Certainty::inferred;
        place.confidence = std::min(0.8, coordinate.confidence);
        place.entity = "place:" + slug_of(text_of(document, place)) + "-" + coordinate.entity.substr(coordinate.entity.find(':') + 1);
        place.why.push_back("placed by the coordinate beside it, " + text_of(document, coordinate));
    }
}

}  // namespace

Placer::Placer(const Gazetteer& gazetteer, const ReferenceLines& lines, PlacingOptions options)
    : Placer([&gazetteer](std::uint32_t index) { return gazetteer.record(index); }, lines, std::move(options)) {}

Placer::Placer(RecordLookup record, const ReferenceLines& lines, PlacingOptions options)
    : record_(std::move(record)), lines_(lines), options_(std::move(options)), dry_(options_.land ? std::make_shared<DryAreas>(options_.land) : nullptr) {}

void Placer::place(ExtractedDocument& document, std::vector<Problem>& problems) const {
    place_points(document, problems);
    place_lines_and_areas(document, problems);
}

void Placer::place(std::span<ExtractedDocument> documents, std::span<std::vector<Problem>> problems) const {
    for (std::size_t i = 0; i < documents.size(); ++i) place_points(documents[i], problems[i]);
    for (std::size_t i = 0; i < documents.size(); ++i) place_lines_and_areas(documents[i], problems[i]);
}

void Placer::place_points(ExtractedDocument& document, std::vector<Problem>& problems) const {
    const auto& date = document.document.metadata.date;
    const bool has_coordinates = has(document, MentionType::coordinate);
    if (has_coordinates) {
        std::vector<LonLat> likely = likely_positions(document, record_);
        const std::string likely_theatre = options_.theatre.empty() ? lines_.theatre_of(likely) : options_.theatre;
        place_coordinates(document, {likely_theatre, date ? date->year : 0, std::move(likely), {}});
    }

    const std::vector<std::size_t> beside = has_coordinates ? coordinates_beside(document) : std::vector<std::size_t>();
    ToponymOptions toponyms{options_.theatre, options_.theatre_bounds, has_coordinates ? placed_positions(document) : std::vector<LonLat>(), {}, options_.accept, options_.all_are_places, options_.prominence, options_.from_neighbours};
    if (!toponyms.theatre_bounds && !options_.theatre.empty()) {
        if (const auto box = lines_.theatre_bounds(options_.theatre)) toponyms.theatre_bounds = box->widened(theatre_margin_m);
    }
    toponyms.beside.resize(beside.size());
    for (std::size_t i = 0; i < beside.size(); ++i) {
        const LonLat* given = beside[i] < document.mentions.size() ? point_of(document.mentions[beside[i]]) : nullptr;
        if (given != nullptr) toponyms.beside[i] = *given;
    }
    resolve_toponyms(document, record_, toponyms);
    settle_with_coordinates(document, beside, problems);
}

void Placer::place_lines_and_areas(ExtractedDocument& document, std::vector<Problem>& problems) const {
    if (!speaks_of_lines(document)) return;
    const auto& date = document.document.metadata.date;
    const CoastLookup coast = [this](LonLat from, LonLat to) { return coast_between(options_.land, from, to); };
    LineContext context{&lines_, options_.theatre, options_.theatre_bounds, {}, options_.interpolate_lines, options_.land ? &coast : nullptr};
    std::vector<LonLat> placed = placed_positions(document);
    if (context.theatre.empty()) context.theatre = lines_.theatre_of(placed);
    if (!context.bounds) context.bounds = lines_.theatre_bounds(context.theatre);
    if (date) context.date = to_edtf({date->year, date->month, date->day, -1, -1});
    place_lines(document, context);
    place_areas(document, {&lines_, options_.area_range_m, std::move(placed), dry_.get()});
    check_lines(document, {&lines_, context.theatre, context.date}, problems);
}

}  // namespace demarc
