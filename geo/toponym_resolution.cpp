#include "geo/toponym_resolution.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numbers>
#include <unordered_map>

#include "gazetteer/fold.hpp"
#include "geo/neighbour_placement.hpp"
#include "geo/quick_distance.hpp"
#include "geo/slug.hpp"
#include "geo/toponym_evidence.hpp"

namespace demarc {
namespace {

constexpr int rounds = 4;
constexpr double reach_m = 200'000, same_place_m = 25'000, supporting_m = 300'000;
constexpr double imported_loss = 0.7;
constexpr double surest_attested = 0.95, surest_generated = 0.85;  // no gazetteer holds every place of a name
constexpr std::size_t most_neighbours = 100;  // bounds the work on a long list of places
constexpr std::size_t most_remembered = 256;  // groups of a document whose affinities are kept
constexpr std::size_t most_shown = 10;         // candidates that stay with a mention

struct Option {
    const Candidate* candidate = nullptr;  // of a mention, until the group is decided
    Record record;
    double prior = 0, probability = 0;
    bool attested = true, language_fits = false, holds = false;
    Direction direction = {};
    double extent_m = 0;  // about half of a region's; 0 for what is a point
    std::size_t country = 0;  // its number in this document; 0 unknown
    struct Affinity {
        LonLat position;
        double value = -1;
    };
    std::vector<Affinity> affinities = {};  // to the groups' best records as they were last; few of them change from round to round
};

/// All mentions of one spelling.
struct Group {
    std::vector<std::size_t> mentions;
    std::vector<Option> options;
    double none = 0;           // log-odds of "none of these"
    bool decided = false;      // by the user: one of these it is
    double taken = 0;          // probability of the best with what lies beside it
    const Option* best() const { return options.empty() ? nullptr : &options.front(); }
};

class Resolver {
public:
    Resolver(ExtractedDocument& document, const RecordLookup& record, const ToponymOptions& options)
        : document_(document), record_(record), options_(options) {
        if (document.document.metadata.date) year_ = document.document.metadata.date->year;
    }

    void run() {
        gather();
        for (Group& group : groups_) weigh(group);
        for (int round = 0; round < rounds; ++round) {
            collect_neighbours();
            for (std::size_t g = 0; g < groups_.size(); ++g) update(groups_[g], g);
        }
        collect_neighbours();
        for (std::size_t g = 0; g < groups_.size(); ++g) decide(groups_[g], g);
        if (options_.from_neighbours) place_among_neighbours(document_);
    }

private:
    struct Neighbour {
        std::size_t group;
        LonLat position;
        Direction direction;
        double weight, extent_m;
        std::string_view name;
        std::size_t country;
        bool remembered;  // affinities to it are kept
    };

    struct Context {
        double nearness = 0, country = 0;
    };

    std::string_view surface(std::size_t mention) const { return document_.mentions[mention].span.of(document_.document.text); }

    void gather() {
        std::unordered_map<std::string, std::size_t> by_key;
        for (std::size_t i = 0; i < document_.mentions.size(); ++i) {
            const Mention& mention = document_.mentions[i];
            if (mention.type != MentionType::place) continue;
            const auto [found, is_new] = by_key.try_emplace(fold_token(surface(i)) + (mention.decided ? "=" + mention.as<PlaceValue>().name : ""), groups_.size());
            if (is_new) groups_.emplace_back();
            Group& group = groups_[found->second];
            group.decided = mention.decided;
            group.mentions.push_back(i);
            if (group.options.empty()) group.options.reserve(mention.candidates.size());
            for (const Candidate& candidate : mention.candidates) add(group, candidate);
        }
    }

    void add(Group& group, const Candidate& candidate) {
        for (Option& option : group.options) {
            if (option.candidate->record != candidate.record) continue;
            if (candidate.score > option.candidate->score) option.candidate = &candidate;
            return;
        }
        const Record record = record_(candidate.record);
        if (record.record_class != RecordClass::place) return;
        Option& option = group.options.emplace_back();
        option.candidate = &candidate;
        option.record = record;
        option.direction = direction_of(option.record.position);
        option.country = number_of(option.record.country);
        if (region_like(option.record)) option.extent_m = std::max(0.0, option.record.precision_m);
    }

    std::size_t number_of(std::string_view country) {
        if (country.empty()) return 0;
        const auto known = std::find(countries_.begin(), countries_.end(), country);
        if (known == countries_.end()) return countries_.emplace_back(country), countries_.size();
        return static_cast<std::size_t>(known - countries_.begin()) + 1;
    }

    /// The region named right after a mention: "Alexandria, Va."
    std::vector<Record> regions_after(std::size_t mention) const {
        std::vector<Record> regions;
        const Span span = document_.mentions[mention].span;
        for (std::size_t next = mention + 1; next < document_.mentions.size(); ++next) {
            const Mention& other = document_.mentions[next];
            if (other.span.begin < span.end) continue;
            const std::string_view between = std::string_view(document_.document.text).substr(span.end, other.span.begin - span.end);
            if (between != ", " && between != "," && between != ",\n" && between != " " && between != ". ") break;  // digitised papers lose their commas
            if (other.type != MentionType::place) continue;
            for (const Candidate& candidate : other.candidates) {
                const Record record = record_(candidate.record);
                if (record.record_class == RecordClass::place && region_like(record)) regions.push_back(record);
            }
            break;
        }
        return regions;
    }

    void weigh(Group& group) {
        bool any_attested = false, common_word = false;
        std::vector<Record> regions;
        for (const std::size_t mention : group.mentions) {
            const auto after = regions_after(mention);
            regions.insert(regions.end(), after.begin(), after.end());
        }
        for (Option& option : group.options) {
            const Record& record = option.record;
            option.attested = option.candidate->route.empty();
            any_attested = any_attested || option.attested;
            common_word = common_word || record.ambiguous;
            option.prior = 3 * option.candidate->score + (options_.prominence ? 3 * record.rank / 9.0 : 0);
            if (!option.attested) {
                option.language_fits = passes_language(option.candidate->route, document_.document.metadata.original_language);
                option.prior += option.language_fits ? 0 : -1;
            }
            if (!in_years(record, year_)) option.prior -= 2;
            // Our own tables hold what histories name.
            if (record.imported) option.prior -= imported_loss;
            if (options_.theatre_bounds) option.prior += options_.theatre_bounds->contains(record.position) ? 2 : -1;
            if (!regions.empty()) {
                option.holds = std::any_of(regions.begin(), regions.end(), [&](const Record& region) { return holds(region, record); });
                option.prior += option.holds ? 4 : -1.5;
            }
            option.prior += kind_and_neighbour(group, record);
        }
        group.none = any_attested || group.options.empty() ? 0.5 + (common_word ? 1.5 : 0) : 3;
        normalise(group, {});
    }

    /// The strongest word or coordinate beside any mention of the group.
    double kind_and_neighbour(const Group& group, const Record& record) const {
        double kind = 0, beside = 0;
        for (const std::size_t i : group.mentions) {
            const double here = kind_weight(document_.mentions[i].as<PlaceValue>().kind, record.kind);
            if (std::abs(here) > std::abs(kind)) kind = here;
            if (i >= options_.beside.size() || !options_.beside[i]) continue;
            const double apart = quick_distance_m(*options_.beside[i], record.position);
            if (apart < 10'000) beside = 4;
            else if (apart > 50'000 && beside == 0) beside = -2;
        }
        return kind + beside;
    }

    /// Softmax over the options and "none of these"; sorts them, best first. `context` adds to the priors in order.
    static void normalise(Group& group, const std::vector<double>& context, double estranged = 0) {
        if (group.options.empty()) return;
        const double none = group.decided ? -std::numeric_limits<double>::infinity() : group.none + estranged;
        double highest = group.decided ? -1e9 : none;
        for (std::size_t k = 0; k < group.options.size(); ++k) {
            group.options[k].probability = group.options[k].prior + (context.empty() ? 0 : context[k]);
            highest = std::max(highest, group.options[k].probability);
        }
        double sum = std::exp(none - highest);
        for (Option& option : group.options) sum += option.probability = std::exp(option.probability - highest);
        for (Option& option : group.options) option.probability /= sum;
        const auto likelier = [](const Option& a, const Option& b) {
            return a.probability != b.probability ? a.probability > b.probability : a.record.id < b.record.id;
        };
        if (!std::is_sorted(group.options.begin(), group.options.end(), likelier)) std::stable_sort(group.options.begin(), group.options.end(), likelier);
        group.taken = 0;
        for (const Option& option : group.options) {
            if (quick_distance_at_most(option.direction, group.options.front().direction, same_place_m)) group.taken += option.probability;
        }
    }

    void collect_neighbours() {
        neighbours_.clear();
        for (std::size_t g = 0; g < groups_.size(); ++g) {
            const Option* best = groups_[g].best();
            if (best == nullptr) continue;
            const double sharpness = best->record.precision_m > 100'000 || best->record.kind == "country" ? 0.3 : 1;
            neighbours_.push_back({g, best->record.position, best->direction, groups_[g].taken * sharpness, best->extent_m, best->record.name, best->country, groups_.size() <= most_remembered});
        }
        for (const LonLat position : options_.known_positions) neighbours_.push_back({groups_.size(), position, direction_of(position), 1, 0, "a coordinate of the document", 0, false});
        std::stable_sort(neighbours_.begin(), neighbours_.end(), [](const Neighbour& a, const Neighbour& b) { return a.weight > b.weight; });
        if (neighbours_.size() > most_neighbours) neighbours_.resize(most_neighbours);
    }

    double affinity_of(Option& option, const Neighbour& neighbour) const {
        // A region is as near as its edge.
        const auto affinity = [&] { return std::exp(-std::max(0.0, quick_distance_m(option.direction, neighbour.direction) - option.extent_m - neighbour.extent_m) / reach_m); };
        if (!neighbour.remembered) return affinity();
        if (option.affinities.empty()) option.affinities.resize(groups_.size());
        Option::Affinity& known = option.affinities[neighbour.group];
        if (known.value < 0 || !(known.position == neighbour.position)) known = {neighbour.position, affinity()};
        return known.value;
    }

    /// `weights`: of the neighbours and 0.5, which is for all options of a group the same.
    Context context_of(Option& option, std::size_t own, double weights) const {
        double sum = 0, nearest = 0, compatriots = 0;
        for (const Neighbour& neighbour : neighbours_) {
            if (neighbour.group == own) continue;
            const double affinity = affinity_of(option, neighbour);
            if (option.country != 0 && option.country == neighbour.country) compatriots += neighbour.weight;
            sum += neighbour.weight * affinity;
            nearest = std::max(nearest, neighbour.weight * affinity);
        }
        return {3.5 * sum / weights + 1.5 * nearest, 1.5 * compatriots / weights};
    }

    void update(Group& group, std::size_t own) const {
        if (group.options.empty()) return;
        std::vector<double> sums;
        sums.reserve(group.options.size());
        double nearest = 0, weights = 0.5;
        for (const Neighbour& neighbour : neighbours_) {
            if (neighbour.group != own) weights += neighbour.weight;
        }
        for (Option& option : group.options) {
            const Context context = context_of(option, own, weights);
            sums.push_back(context.nearness + context.country);
            nearest = std::max(nearest, context.nearness);
        }
        normalise(group, sums, estranged(nearest, own));
    }

    /// Where the document's other places are known and none of the options lies anywhere near them, the gazetteer may lack the
    /// right one.
    double estranged(double nearest, std::size_t own) const {
        double weights = 0;
        for (const Neighbour& neighbour : neighbours_) weights += neighbour.group == own ? 0 : neighbour.weight;
        return weights < 1.5 ? 0 : 2 * std::max(0.0, 1 - nearest);
    }

    /// The nearest other place that is itself settled.
    const Neighbour* support(const Direction& position, std::size_t own) const {
        const Neighbour* nearest = nullptr;
        double least = supporting_m;
        for (const Neighbour& neighbour : neighbours_) {
            if (neighbour.group == own || neighbour.weight <= 0.5) continue;
            const double apart = quick_distance_m(position, neighbour.direction);
            if (apart < least) nearest = &neighbour, least = apart;
        }
        return nearest;
    }

    std::vector<std::string> reasons(const Group& group, const Option& best, const Neighbour* near) const {
        std::vector<std::string> why = best.candidate->route;
        if (group.options.size() > 1) why.push_back(std::to_string(group.options.size()) + " records bear this name");
        if (best.language_fits) why.push_back("original language " + document_.document.metadata.original_language + " fits the spelling");
        if (best.holds) why.push_back("the text names its region");
        if (options_.theatre_bounds && options_.theatre_bounds->contains(best.record.position)) {
            why.push_back("in the theatre" + (options_.theatre.empty() ? "" : " " + options_.theatre));
        }
        if (near != nullptr && (group.options.size() > 1 || !best.attested)) {
            std::array<char, 32> distance{};
            std::snprintf(distance.data(), distance.size(), "%.0f km", quick_distance_m(best.record.position, near->position) / 1000);
            why.push_back(std::string(distance.data()) + " from " + std::string(near->name));
        }
        if (!in_years(best.record, year_)) why.push_back("the record's years don't hold " + std::to_string(year_));
        return why;
    }

    void decide(const Group& group, std::size_t own) {
        const Option* best = group.best();
        const Neighbour* near = best != nullptr ? support(best->direction, own) : nullptr;
        bool take = best != nullptr && (group.taken >= options_.accept || options_.all_are_places);
        std::vector<std::string> why;
        if (best == nullptr) why.push_back("no gazetteer record bears this name");
        else why = reasons(group, *best, near);
        if (take && !group.decided && !options_.all_are_places && !best->attested && !best->language_fits && near == nullptr) {
            take = false;
            why.push_back("neither the original language nor a place near by speaks for a spelling that was made by rule");
        } else if (!take && best != nullptr) {
            why.push_back("no reading is likely enough");
        }
        const std::vector<Candidate> shown = shown_of(group);
        for (const std::size_t i : group.mentions) write(document_.mentions[i], i, group, take, why, shown);
    }

    static std::vector<Candidate> shown_of(const Group& group) {
        std::vector<Candidate> shown;
        shown.reserve(std::min(most_shown, group.options.size()));
        for (const Option& option : group.options) {
            if (shown.size() == most_shown) break;
            shown.push_back({option.candidate->record, static_cast<float>(option.probability), std::string(option.record.id), std::string(option.record.name), option.candidate->route});
        }
        return shown;
    }

    void write(Mention& mention, std::size_t index, const Group& group, bool take, const std::vector<std::string>& why, const std::vector<Candidate>& shown) {
        mention.candidates = shown;
        mention.why.insert(mention.why.end(), why.begin(), why.end());
        const bool attested = group.best() == nullptr || group.best()->attested;
        mention.confidence = std::min(group.taken, attested ? surest_attested : surest_generated);
        if (!take) {
            mention.status = Certainty::unresolved;
            mention.location.reset();
            mention.entity = "place:unresolved-" + slug_of(group.decided ? std::string_view(mention.as<PlaceValue>().name) : surface(index));
            return;
        }
        const Option& best = group.options.front();
        const bool sure = best.attested && group.taken >= 0.8;
        mention.status = sure ? Certainty::attested : Certainty::inferred;
        auto& value = mention.as<PlaceValue>();
        value.name = best.record.name;
        value.kind = best.record.kind;
        value.gazetteer_id = best.record.id;
        mention.entity = "place:" + value.gazetteer_id;
        mention.location = Location{best.record.position, best.record.precision_m, "gazetteer", value.gazetteer_id};
    }

    ExtractedDocument& document_;
    const RecordLookup& record_;
    const ToponymOptions& options_;
    int year_ = 0;
    std::vector<Group> groups_;
    std::vector<Neighbour> neighbours_;
    std::vector<std::string_view> countries_;
};

}  // namespace

void resolve_toponyms(ExtractedDocument& document, const RecordLookup& record, const ToponymOptions& options) {
    Resolver(document, record, options).run();
}

}  // namespace demarc
