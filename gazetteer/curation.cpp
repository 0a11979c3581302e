#include "gazetteer/curation.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

#include "base/number_text.hpp"
#include "base/token_hash.hpp"

namespace demarc {
namespace {

constexpr std::string_view place_prefix = "place:";
constexpr double default_precision_m = 500;

// Words parted by blanks; "…" holds blanks, # begins a comment. nullopt where a quote isn't closed.
std::optional<std::vector<std::string>> words_of(std::string_view line) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < line.size();) {
        if (line[at] == ' ' || line[at] == '\t') {
            ++at;
        } else if (line[at] == '#') {
            break;
        } else if (line[at] == '"') {
            const std::size_t end = line.find('"', at + 1);
            if (end == std::string_view::npos) return std::nullopt;
            words.emplace_back(line.substr(at + 1, end - at - 1));
            at = end + 1;
        } else {
            const std::size_t end = std::min(line.find_first_of(" \t", at), line.size());
            words.emplace_back(line.substr(at, end - at));
            at = end;
        }
    }
    return words;
}

std::optional<double> number(std::string_view text, double low, double high) {
    const std::optional<double> value = parse_number<double>(text);
    return value && *value >= low && *value <= high ? value : std::nullopt;
}

bool is_entity_id(std::string_view id) {
    const std::size_t colon = id.find(':');
    return colon != std::string_view::npos && colon > 0 && colon + 1 < id.size();
}

}  // namespace

Status Curation::add(std::string_view text, const std::string& path) {
    digest_ = mix_hash(digest_ ^ token_hash(text), 0xe7037ed1a0b428dbull);
    const std::string file = path.substr(path.rfind('/') + 1);
    std::size_t number_of = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, end - at);
        if (line.ends_with('\r')) line.remove_suffix(1);
        at = end + 1;
        ++number_of;
        const std::string where = path + ":" + std::to_string(number_of);
        const auto bad = [&](std::string message) { return Error{ErrorCode::bad_data, std::move(message), where}; };
        const auto words = words_of(line);
        if (!words) return bad("a quote isn't closed");
        if (words->empty()) continue;
        constexpr std::array<std::string_view, 6> verbs = {"accept", "reject", "move", "rename", "merge", "split"};
        const auto verb = std::find(verbs.begin(), verbs.end(), words->front());
        if (verb == verbs.end()) return bad("'" + words->front() + "' is no decision; allowed: accept ID, reject ID, move ID LAT LON [METRES], rename ID NAME, merge ID ID, split ID ID in DOCUMENT");
        if (words->size() < 2 || !is_entity_id((*words)[1])) return bad("'" + words->front() + "' needs an id as entities.jsonl has it, such as place:kp-kumsong");
        Decision decision;
        decision.verb = static_cast<Verb>(verb - verbs.begin());
        decision.where = file + ":" + std::to_string(number_of);
        const std::string& id = (*words)[1];
        const bool is_place = id.starts_with(place_prefix);
        switch (decision.verb) {
            case Verb::accept:
            case Verb::reject:
                if (words->size() > 2) return bad("'" + (*words)[2] + "' stands behind the id; a reason stands behind #");
                break;
            case Verb::move: {
                if (!is_place) return bad("only a place can be moved; '" + id + "' is none");
                const auto lat = words->size() > 2 ? number((*words)[2], -90, 90) : std::nullopt, lon = words->size() > 3 ? number((*words)[3], -180, 180) : std::nullopt;
                const auto precision = words->size() > 4 ? number((*words)[4], 0, 2e7) : std::optional<double>(default_precision_m);
                if (!lat || !lon || !precision || words->size() > 5) return bad("'move' needs latitude (-90..90), longitude (-180..180) and, where known, metres of doubt");
                decision.position = {*lon, *lat};
                decision.precision_m = *precision;
                moved_[id.substr(place_prefix.size())] = decision.position;
                named_[id.substr(place_prefix.size())].second = *precision;
                break;
            }
            case Verb::rename:
                for (std::size_t w = 2; w < words->size(); ++w) decision.other += (w == 2 ? "" : " ") + (*words)[w];
                if (decision.other.empty()) return bad("'rename' needs a name behind the id");
                if (is_place) named_[id.substr(place_prefix.size())].first = decision.other;
                break;
            case Verb::merge:
            case Verb::split: {
                const bool split = decision.verb == Verb::split;
                if (words->size() < 3 || !is_entity_id((*words)[2]) || (!split && words->size() > 3)) return bad("'" + words->front() + "' needs two ids");
                decision.other = (*words)[2];
                if (decision.other.substr(0, decision.other.find(':')) != id.substr(0, id.find(':'))) return bad("'" + id + "' and '" + decision.other + "' are of two types");
                if (!split) break;
                if (words->size() < 5 || (*words)[3] != "in") return bad("'split' needs documents: split ID ID in DOCUMENT …");
                decision.documents.insert(words->begin() + 4, words->end());
                break;
            }
        }
        by_id_[id].push_back(decisions_.size());
        decisions_.push_back(std::move(decision));
    }
    return {};
}

Record Curation::apply(Record record) const {
    if (const auto moved = moved_.find(record.id); moved != moved_.end()) {
        record.position = moved->second;
        record.has_position = true;
        record.precision_m = named_.find(record.id)->second.second;
    }
    if (const auto named = named_.find(record.id); named != named_.end() && !named->second.first.empty()) record.name = named->second.first;
    return record;
}

void Curation::apply(const Decision& decision, Mention& mention, const Gazetteer& gazetteer) const {
    const auto set_name = [&](const std::string& name) {
        if (auto* person = std::get_if<PersonValue>(&mention.value)) person->name = name;
        else if (auto* organisation = std::get_if<OrganisationValue>(&mention.value)) organisation->name = name;
        else if (auto* unit = std::get_if<UnitValue>(&mention.value)) unit->designation = name;
        else if (auto* place = std::get_if<PlaceValue>(&mention.value)) place->name = name;
        else if (auto* line = std::get_if<LineValue>(&mention.value)) line->name = name;
        else if (auto* declared = std::get_if<DeclaredValue>(&mention.value)) declared->name = name;
    };
    const auto put = [&](LonLat position, double precision_m, const std::string& source) {
        Location location;
        location.geometry = position;
        location.uncertainty_m = precision_m;
        location.source = source;
        mention.location = std::move(location);
        mention.status = Certainty::attested;
    };
    const auto say = [&](const std::string& what) { mention.why.push_back(what + " (" + decision.where + ")"); };
    switch (decision.verb) {
        case Verb::accept:
            mention.status = Certainty::attested;
            mention.confidence = 1;
            say("accepted");
            break;
        case Verb::reject:
            mention.entity.clear();
            mention.location.reset();
            mention.parts.clear();
            mention.status = Certainty::unresolved;
            mention.confidence = 0;
            say("rejected");
            break;
        case Verb::move:
            put(decision.position, decision.precision_m, "decision");
            mention.confidence = 1;
            say("moved");
            break;
        case Verb::rename:
            set_name(decision.other);
            say("renamed");
            break;
        case Verb::merge:
        case Verb::split: {
            mention.entity = decision.other;
            say(decision.verb == Verb::merge ? "merged into " + decision.other : "told apart from the others of its name");
            auto* place = std::get_if<PlaceValue>(&mention.value);
            if (place == nullptr) break;
            const std::string id = decision.other.substr(place_prefix.size());
            const std::uint32_t index = gazetteer.find_id(id);
            place->gazetteer_id.clear();
            if (index >= gazetteer.size()) {
                // Another place than the one that was found here: where it lies a `move` says.
                if (decision.verb == Verb::split) mention.location.reset(), mention.status = Certainty::unresolved;
                break;
            }
            const Record record = apply(gazetteer.record(index));
            place->name = record.name;
            place->kind = record.kind;
            place->gazetteer_id = record.id;
            if (record.has_position) put(record.position, record.precision_m, "gazetteer");
            break;
        }
    }
}

void Curation::apply(ExtractedDocument& document, const Gazetteer& gazetteer) const {
    if (decisions_.empty()) return;
    for (Mention& mention : document.mentions) {
        std::size_t next = 0;  // decisions before it have been seen
        while (!mention.entity.empty()) {
            const auto of_entity = by_id_.find(mention.entity);
            if (of_entity == by_id_.end()) break;
            const auto at = std::lower_bound(of_entity->second.begin(), of_entity->second.end(), next);
            if (at == of_entity->second.end()) break;
            const Decision& decision = decisions_[*at];
            next = *at + 1;
            if (decision.verb != Verb::split || decision.documents.contains(document.document.id)) apply(decision, mention, gazetteer);
        }
    }
}

void Curation::apply(Entity& entity) const {
    const auto of_entity = by_id_.find(entity.id);
    if (of_entity == by_id_.end()) return;
    for (const std::size_t index : of_entity->second) {
        if (decisions_[index].verb == Verb::rename) entity.name = decisions_[index].other;
    }
}

std::string Curation::digest() const {
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(digest_));
    return text;
}

}  // namespace demarc
