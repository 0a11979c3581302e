#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/mention.hpp"
#include "gazetteer/gather.hpp"
#include "gazetteer/packed_texts.hpp"

namespace demarc {

/// What EntityGatherer keeps until the run ends; for gather.cpp, gathered.cpp and gather_finisher.cpp only. A run has entities by the ten thousand and mentions by the million:
/// what most entities have is small, and what they have in numbers stands in pools of the run.
struct EntityGatherer::Gathered {
    static constexpr std::uint32_t none = 0xFFFFFFFF;
    static constexpr std::uint32_t few_names = 8;  // more are found in many_names

    struct Document {
        std::string_view id, from, to;  // its date's first and last day; empty without
        std::uint32_t language = 0;     // number in `languages`
    };
    // Place of a mention in the run: the document's number in the order of adding, and the position in it. The order that counts is that of
    // the documents' ids (is_before).
    struct Place {
        std::uint32_t doc = 0;
        std::uint32_t index = 0;
        friend bool operator==(const Place&, const Place&) = default;
    };
    // A mention of an entity, by which of its names, and the one before.
    struct Mentioned {
        Place at;
        std::uint32_t name = none;
        std::uint32_t previous = none;
    };
    // A name of an entity, and the one that it got before.
    struct Name {
        std::string_view text;
        std::uint32_t previous = none;
        std::uint32_t position = 0;  // among the entity's by text; for the finisher
    };
    struct Part {
        ConstructedPart part;
        Place at;                     // mention that the location came from
        std::vector<Mentioned> mentions;
    };
    // What few entities have.
    struct Rare {
        std::optional<Location> location;
        Place located;
        PackedTexts anchors, first_anchors;  // of the location, of the first mention
        std::vector<Candidate> candidates;
        std::map<std::string, Part> parts;
        std::optional<double> offset_m;
    };
    // Texts of the first mention, and of the best; its reasons follow.
    struct First {
        enum : std::size_t { name, kind, country, sidc, quote, declared, side, state, proposed_by, count };
    };
    struct Best {
        enum : std::size_t { gazetteer_id, reasons };
    };

    struct One {
        std::string_view id;
        std::uint32_t last_mention = none, last_name = none, name_count = 0;
        std::uint32_t first_name = none;               // by which the first mention names it
        Place first, best, when_at;
        double confidence = -1;
        Certainty status = Certainty::unresolved;
        MentionType type = MentionType::place;
        std::uint32_t start = none, end = none;        // documents of the earliest and the latest day
        PackedTexts when;                              // one: of the first mention that says when
        PackedTexts first_texts, best_texts;
        std::unique_ptr<Rare> rare;

        Rare& own_rare() {
            if (rare == nullptr) rare = std::make_unique<Rare>();
            return *rare;
        }
        [[nodiscard]] bool has_parts() const { return rare != nullptr && !rare->parts.empty() && type != MentionType::coordinate; }  // a square goes beside its point
    };
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t number = none;  // of the entity; none: empty
    };
    // An entity or a part of one, as it comes out.
    struct Row {
        std::string_view id;
        std::uint32_t of;  // number of the entity
        Part* part;        // null for the whole
    };

    /// A copy that lasts as long as this.
    std::string_view keep(std::string_view text);
    /// Number of a document from then on.
    std::uint32_t add_document(const demarc::Document& document);
    /// Order of two documents: by id.
    [[nodiscard]] bool is_before(std::uint32_t doc, std::uint32_t other) const;
    /// The entity of an id, made where there is none.
    One& entity_of(const std::string& id, std::uint32_t hash);
    /// Number of a name among the entity's; none where it hasn't got that one. O(log n): a document may spell one name in thousands of ways.
    [[nodiscard]] std::uint32_t find_name(const One& entity, std::string_view name) const;
    /// The same of a name that it hasn't got yet.
    std::uint32_t add_name(One& entity, std::string_view name);
    /// Entities and parts, sorted by id.
    const std::vector<Row>& rows();

    std::pmr::monotonic_buffer_resource texts{16 << 10};
    std::vector<Document> docs;               // in the order of adding
    std::vector<std::string> languages;
    std::uint32_t last = 0;                   // the document whose id is behind all others
    std::deque<One> entities;
    std::deque<Mentioned> mentions;
    std::deque<Name> names;
    std::unordered_map<const One*, std::map<std::string_view, std::uint32_t>> many_names;  // those of an entity that has more than a few
    std::vector<Row> sorted;                  // by id; empty: not known
    std::vector<Slot> table = std::vector<Slot>(1 << 10);        // a power of two of them, half empty at least; from an id's hash on

private:
    void grow();
};

}  // namespace demarc
