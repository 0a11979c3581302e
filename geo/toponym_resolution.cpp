#include "geo/toponym_resolution.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <span>

#include "gazetteer/fold.hpp"
#include "geo/neighbour_placement.hpp"
#include "geo/quick_distance.hpp"
#include "geo/slug.hpp"
#include "geo/toponym_evidence.hpp"
#include "geo/toponym_neighbours.hpp"

namespace demarc {
namespace {

constexpr int rounds = 4;
constexpr double same_place_m = 25'000, supporting_m = 300'000;
constexpr double imported_loss = 0.7;
constexpr double surest_attested = 0.95, surest_generated = 0.85;  // no gazetteer holds every place of a name
constexpr std::size_t most_neighbours = 100;  // bounds the work on a long list of places
constexpr std::size_t most_shown = 10;         // candidates that stay with a mention
constexpr std::size_t most_kept_bytes = 1 << 20;  // from document to document, of one thread
constexpr std::uint32_t no_one = std::numeric_limits<std::uint32_t>::max();

/// A reading of a spelling.
struct Option {
    const Candidate* candidate = nullptr;  // of a mention, until the group is decided
    Record record;
    double prior = 0, probability = 0;
    Direction direction = {};
    double extent_m = 0;  // about half of a region's; 0 for what is a point
    std::uint32_t country = 0;  // its number in this document; 0 unknown
    bool attested = true, language_fits = false, holds = false, region = false;
};

/// All mentions of one spelling: a chain of them, and a range of the options.
struct Group {
    std::string key;
    std::uint32_t first_mention = no_one, last_mention = no_one;
    std::uint32_t first = 0, end = 0;
    double none = 0;           // log-odds of "none of these"
    bool decided = false;      // by the user: one of these it is
    double taken = 0;          // probability of the best with what lies beside it
};

/// What is made for one document after the other, in the room of the one before.
struct Tables {
    std::vector<Group> groups;
    std::vector<std::uint32_t> groups_by_key;          // from a key's hash on: 1 + number of the group, 0 empty; a power of two of them
    std::vector<std::uint32_t> group_of, next_of;      // of a mention: its group, the next one of that
    std::vector<Option> options;                       // one group's after the other's
    std::vector<std::uint32_t> order;                  // of a group's options, in the same range: best first
    ToponymNeighbours around;
    std::vector<ToponymNeighbours::Neighbour> neighbours;
    std::vector<std::string_view> countries;
    std::vector<std::uint32_t> regions;                // options
    std::vector<double> contexts;
    std::vector<std::string> why;
    std::vector<Candidate> shown;

    [[nodiscard]] std::size_t kept_bytes() const {
        return groups.capacity() * sizeof(Group) + options.capacity() * sizeof(Option) + group_of.capacity() * 4 * sizeof(std::uint32_t) + around.kept_bytes();
    }
};

class Resolver {
public:
    Resolver(ExtractedDocument& document, const RecordLookup& record, const ToponymOptions& options, Tables& tables)
        : document_(document), record_(record), options_(options), t_(tables) {
        if (document.document.metadata.date) year_ = document.document.metadata.date->year;
    }

    void run() {
        gather();
        for (Group& group : t_.groups) weigh(group);
        for (int round = 0; round < rounds; ++round) {
            collect_neighbours();
            t_.around.weigh(t_.neighbours);
            for (std::uint32_t g = 0; g < t_.groups.size(); ++g) update(t_.groups[g], g);
        }
        collect_neighbours();
        for (std::uint32_t g = 0; g < t_.groups.size(); ++g) decide(t_.groups[g], g);
        if (options_.from_neighbours) place_among_neighbours(document_);
    }

private:
    using Neighbour = ToponymNeighbours::Neighbour;

    std::string_view surface(std::size_t mention) const { return document_.mentions[mention].span.of(document_.document.text); }
    const Option* best_of(const Group& group) const { return group.first == group.end ? nullptr : &t_.options[t_.order[group.first]]; }
    std::span<Option> options_of(const Group& group) const { return std::span(t_.options).subspan(group.first, group.end - group.first); }
    template <class Use>
    void each_mention(const Group& group, Use use) const {
        for (std::uint32_t mention = group.first_mention; mention != no_one; mention = t_.next_of[mention]) use(mention);
    }

    void gather() {
        const std::size_t count = document_.mentions.size();
        t_.groups.clear();
        t_.options.clear();
        t_.order.clear();
        t_.countries.clear();
        t_.group_of.assign(count, no_one);
        t_.next_of.assign(count, no_one);
        std::size_t places = 0;
        for (const Mention& mention : document_.mentions) places += mention.type == MentionType::place;
        t_.groups_by_key.assign(std::bit_ceil(2 * places + 1), 0);
        for (std::uint32_t i = 0; i < count; ++i) {
            const Mention& mention = document_.mentions[i];
            if (mention.type != MentionType::place) continue;
            const std::uint32_t number = group_of(mention, i);
            Group& group = t_.groups[number];
            t_.group_of[i] = number;
            group.decided = mention.decided;
            (group.last_mention == no_one ? group.first_mention : t_.next_of[group.last_mention]) = i;
            group.last_mention = i;
        }
        t_.around.clear(t_.groups.size() + options_.known_positions.size());
        for (Group& group : t_.groups) {
            group.first = group.end = static_cast<std::uint32_t>(t_.options.size());
            each_mention(group, [&](std::uint32_t i) {
                for (const Candidate& candidate : document_.mentions[i].candidates) add(group, candidate);
            });
        }
    }

    std::uint32_t group_of(const Mention& mention, std::size_t index) {
        std::string key = fold_token(surface(index));
        if (mention.decided) key.append("=").append(mention.as<PlaceValue>().name);
        for (std::size_t at = std::hash<std::string>()(key);; ++at) {
            std::uint32_t& number = t_.groups_by_key[at & (t_.groups_by_key.size() - 1)];
            if (number != 0 && t_.groups[number - 1].key != key) continue;
            if (number == 0) {
                t_.groups.emplace_back().key = std::move(key);
                number = static_cast<std::uint32_t>(t_.groups.size());
            }
            return number - 1;
        }
    }

    void add(Group& group, const Candidate& candidate) {
        for (Option& option : options_of(group)) {
            if (option.candidate->record != candidate.record) continue;
            if (candidate.score > option.candidate->score) option.candidate = &candidate;
            return;
        }
        const Record record = record_(candidate.record);
        if (record.record_class != RecordClass::place) return;
        Option& option = t_.options.emplace_back();
        t_.order.push_back(group.end++);
        option.candidate = &candidate;
        option.record = record;
        option.direction = direction_of(record.position);
        option.country = number_of(record.country);
        option.region = region_like(record);
        if (option.region) option.extent_m = std::max(0.0, record.precision_m);
        t_.around.add_reading(option.direction, option.extent_m, option.country);
    }

    std::uint32_t number_of(std::string_view country) {
        if (country.empty()) return 0;
        const auto known = std::find(t_.countries.begin(), t_.countries.end(), country);
        const auto number = static_cast<std::uint32_t>(known - t_.countries.begin()) + 1;
        if (known == t_.countries.end()) t_.countries.push_back(country);
        return number;
    }

    /// The region named right after a mention: "Alexandria, Va."
    void add_regions_after(std::size_t mention) {
        const Span span = document_.mentions[mention].span;
        for (std::size_t next = mention + 1; next < document_.mentions.size(); ++next) {
            const Mention& other = document_.mentions[next];
            if (other.span.begin < span.end) continue;
            const std::string_view between = std::string_view(document_.document.text).substr(span.end, other.span.begin - span.end);
            if (between != ", " && between != "," && between != ",\n" && between != " " && between != ". ") break;  // digitised papers lose their commas
            if (other.type != MentionType::place) continue;
            const Group& group = t_.groups[t_.group_of[next]];
            for (std::uint32_t i = group.first; i < group.end; ++i) {
                const auto is_meant = [&](const Candidate& candidate) { return candidate.record == t_.options[i].candidate->record; };
                if (t_.options[i].region && std::any_of(other.candidates.begin(), other.candidates.end(), is_meant)) t_.regions.push_back(i);
            }
            break;
        }
    }

    void weigh(Group& group) {
        bool any_attested = false, common_word = false;
        t_.regions.clear();
        each_mention(group, [this](std::uint32_t mention) { add_regions_after(mention); });
        for (Option& option : options_of(group)) {
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
            if (!t_.regions.empty()) {
                option.holds = std::any_of(t_.regions.begin(), t_.regions.end(), [&](std::uint32_t region) { return holds(t_.options[region].record, record); });
                option.prior += option.holds ? 4 : -1.5;
            }
            option.prior += kind_and_neighbour(group, record);
        }
        group.none = any_attested || group.first == group.end ? 0.5 + (common_word ? 1.5 : 0) : 3;
        normalise(group, {});
    }

    /// The strongest word or coordinate beside any mention of the group.
    double kind_and_neighbour(const Group& group, const Record& record) const {
        double kind = 0, beside = 0;
        each_mention(group, [&](std::uint32_t i) {
            const double here = kind_weight(document_.mentions[i].as<PlaceValue>().kind, record.kind);
            if (std::abs(here) > std::abs(kind)) kind = here;
            if (i >= options_.beside.size() || !options_.beside[i]) return;
            const double apart = quick_distance_m(*options_.beside[i], record.position);
            if (apart < 10'000) beside = 4;
            else if (apart > 50'000 && beside == 0) beside = -2;
        });
        return kind + beside;
    }

    /// Softmax over the options and "none of these"; sorts them, best first. `contexts` adds to the priors, in the order of the options themselves.
    void normalise(Group& group, std::span<const double> contexts, double estranged = 0) {
        if (group.first == group.end) return;
        const std::span<Option> options = options_of(group);
        const std::span<std::uint32_t> order = std::span(t_.order).subspan(group.first, options.size());
        const double none_of_these = group.decided ? -std::numeric_limits<double>::infinity() : group.none + estranged;
        double highest = group.decided ? -1e9 : none_of_these;
        for (std::size_t k = 0; k < options.size(); ++k) {
            options[k].probability = options[k].prior + (contexts.empty() ? 0 : contexts[k]);
            highest = std::max(highest, options[k].probability);
        }
        double sum = std::exp(none_of_these - highest);
        for (const std::uint32_t i : order) sum += t_.options[i].probability = std::exp(t_.options[i].probability - highest);
        for (Option& option : options) option.probability /= sum;
        const auto likelier = [this](std::uint32_t i, std::uint32_t j) {
            const Option &a = t_.options[i], &b = t_.options[j];
            return a.probability != b.probability ? a.probability > b.probability : a.record.id < b.record.id;
        };
        if (!std::is_sorted(order.begin(), order.end(), likelier)) std::stable_sort(order.begin(), order.end(), likelier);
        const Direction best = t_.options[order.front()].direction;
        group.taken = 0;
        for (const std::uint32_t i : order) {
            if (quick_distance_at_most(t_.options[i].direction, best, same_place_m)) group.taken += t_.options[i].probability;
        }
    }

    void collect_neighbours() {
        t_.neighbours.clear();
        for (std::uint32_t g = 0; g < t_.groups.size(); ++g) {
            const Group& group = t_.groups[g];
            const Option* best = best_of(group);
            if (best == nullptr) continue;
            const double sharpness = best->record.precision_m > 100'000 || best->record.kind == "country" ? 0.3 : 1;
            t_.neighbours.push_back({g, t_.order[group.first], group.first, group.end, best->country, best->direction, best->extent_m, group.taken * sharpness});
        }
        auto key = static_cast<std::uint32_t>(t_.groups.size());
        for (const LonLat position : options_.known_positions) t_.neighbours.push_back({key++, 0, 0, 0, 0, direction_of(position), 0, 1});
        // Keys ascend: what weighs the same keeps its order.
        std::sort(t_.neighbours.begin(), t_.neighbours.end(), [](const Neighbour& a, const Neighbour& b) { return a.weight != b.weight ? a.weight > b.weight : a.key < b.key; });
        if (t_.neighbours.size() > most_neighbours) t_.neighbours.resize(most_neighbours);
    }

    void update(Group& group, std::uint32_t own) {
        if (group.first == group.end) return;
        double nearest = 0, weights = 0.5, others = 0;
        for (const Neighbour& neighbour : t_.neighbours) {
            if (neighbour.key == own) continue;
            weights += neighbour.weight;
            others += neighbour.weight;
        }
        t_.contexts.clear();
        for (std::uint32_t i = group.first; i < group.end; ++i) {
            const ToponymNeighbours::Context context = t_.around.of(i, weights);
            t_.contexts.push_back(context.nearness + context.country);
            nearest = std::max(nearest, context.nearness);
        }
        // Where the document's other places are known and none of the options lies anywhere near them, the gazetteer may lack the right one.
        normalise(group, t_.contexts, others < 1.5 ? 0 : 2 * std::max(0.0, 1 - nearest));
    }

    /// The nearest other place that is itself settled.
    const Neighbour* support(const Direction& position, std::uint32_t own) const {
        const Neighbour* nearest = nullptr;
        double least = supporting_m;
        for (const Neighbour& neighbour : t_.neighbours) {
            if (neighbour.key == own || neighbour.weight <= 0.5 || !quick_distance_at_most(position, neighbour.direction, least)) continue;
            const double apart = quick_distance_m(position, neighbour.direction);
            if (apart < least) nearest = &neighbour, least = apart;
        }
        return nearest;
    }

    void add_reasons(const Group& group, const Option& best, const Neighbour* near) {
        std::vector<std::string>& why = t_.why;
        why.assign(best.candidate->route.begin(), best.candidate->route.end());
        const std::size_t options = group.end - group.first;
        if (options > 1) why.push_back(std::to_string(options) + " records bear this name");
        if (best.language_fits) why.push_back("original language " + document_.document.metadata.original_language + " fits the spelling");
        if (best.holds) why.emplace_back("the text names its region");
        if (options_.theatre_bounds && options_.theatre_bounds->contains(best.record.position)) {
            why.push_back("in the theatre" + (options_.theatre.empty() ? "" : " " + options_.theatre));
        }
        if (near != nullptr) {
            const bool is_group = near->key < t_.groups.size();
            const LonLat position = is_group ? t_.options[near->version].record.position : options_.known_positions[near->key - t_.groups.size()];
            const std::string_view name = is_group ? t_.options[near->version].record.name : "a coordinate of the document";
            const auto kilometres = std::llrint(quick_distance_m(best.record.position, position) / 1000);
            why.push_back(std::to_string(kilometres).append(" km from ").append(name));
        }
        if (!in_years(best.record, year_)) why.push_back("the record's years don't hold " + std::to_string(year_));
    }

    void decide(const Group& group, std::uint32_t own) {
        const Option* best = best_of(group);
        // One attested record needs none.
        const bool wants_support = best != nullptr && (group.end - group.first > 1 || !best->attested);
        const Neighbour* near = wants_support ? support(best->direction, own) : nullptr;
        bool take = best != nullptr && (group.taken >= options_.accept || options_.all_are_places);
        t_.why.clear();
        if (best == nullptr) t_.why.emplace_back("no gazetteer record bears this name");
        else add_reasons(group, *best, near);
        if (take && !group.decided && !options_.all_are_places && !best->attested && !best->language_fits && near == nullptr) {
            take = false;
            t_.why.emplace_back("neither the original language nor a place near by speaks for a spelling that was made by rule");
        } else if (!take && best != nullptr) {
            t_.why.emplace_back("no reading is likely enough");
        }
        show(group);
        each_mention(group, [&](std::uint32_t i) {
            Mention& mention = document_.mentions[i];
            mention.candidates = t_.shown;
            if (i != group.last_mention) mention.why.insert(mention.why.end(), t_.why.begin(), t_.why.end());
            else mention.why.insert(mention.why.end(), std::make_move_iterator(t_.why.begin()), std::make_move_iterator(t_.why.end()));
            write(mention, i, group, take);
        });
    }

    void show(const Group& group) {
        t_.shown.resize(std::min<std::size_t>(most_shown, group.end - group.first));
        for (std::size_t k = 0; k < t_.shown.size(); ++k) {
            const Option& option = t_.options[t_.order[group.first + k]];
            Candidate& shown = t_.shown[k];
            shown.record = option.candidate->record;
            shown.score = static_cast<float>(option.probability);
            shown.id = option.record.id;
            shown.name = option.record.name;
            shown.route = option.candidate->route;
        }
    }

    void write(Mention& mention, std::size_t index, const Group& group, bool take) {
        const Option* best = best_of(group);
        const bool attested = best == nullptr || best->attested;
        mention.confidence = std::min(group.taken, attested ? surest_attested : surest_generated);
        if (!take) {
            mention.status = Certainty::unresolved;
            mention.location.reset();
            mention.entity = "place:unresolved-" + slug_of(group.decided ? std::string_view(mention.as<PlaceValue>().name) : surface(index));
            return;
        }
        const bool sure = best->attested && group.taken >= 0.8;
        mention.status = sure ? Certainty::attested : Certainty::inferred;
        auto& value = mention.as<PlaceValue>();
        value.name = best->record.name;
        value.kind = best->record.kind;
        value.gazetteer_id = best->record.id;
        mention.entity = "place:" + value.gazetteer_id;
        mention.location = Location{best->record.position, best->record.precision_m, "gazetteer", value.gazetteer_id};
    }

    ExtractedDocument& document_;
    const RecordLookup& record_;
    const ToponymOptions& options_;
    Tables& t_;
    int year_ = 0;
};

}  // namespace

void resolve_toponyms(ExtractedDocument& document, const RecordLookup& record, const ToponymOptions& options) {
    thread_local Tables tables;
    Resolver(document, record, options, tables).run();
    if (tables.kept_bytes() > most_kept_bytes) tables = Tables();  // one long document among a million short ones
}

}  // namespace demarc
