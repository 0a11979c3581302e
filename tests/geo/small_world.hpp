#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/civil_date.hpp"
#include "base/mention.hpp"
#include "gazetteer/gazetteer.hpp"

namespace demarc::test {

/// A gazetteer of a few records for tests: names are looked up as written.
struct SmallWorld {
    std::vector<Record> records;

    std::uint32_t add(std::string_view id, std::string_view name, std::string_view kind, std::string_view country, LonLat position, int rank,
                      std::string_view admin = "") {
        Record record;
        record.index = static_cast<std::uint32_t>(records.size());
        record.id = id, record.name = name, record.kind = kind, record.country = country, record.admin = admin;
        record.position = position, record.precision_m = 1000, record.rank = static_cast<std::uint8_t>(rank);
        records.push_back(record);
        return record.index;
    }
    [[nodiscard]] Record operator()(std::uint32_t index) const { return records.at(index); }
};

/// A document whose mentions are found by their words: the first occurrence after the mention before.
struct DocumentBuilder {
    ExtractedDocument extracted;
    std::uint32_t from = 0;

    explicit DocumentBuilder(std::string text, std::string date = "") {
        extracted.document.id = "doc";
        extracted.document.text = std::move(text);
        if (!date.empty()) extracted.document.metadata.date = parse_civil_date(date);
    }
    /// Index of the new mention. `nested`: starts inside the mention before it.
    std::uint32_t add(std::string_view words, MentionValue value, std::vector<std::uint32_t> anchors = {}) {
        Mention mention;
        mention.type = static_cast<MentionType>(value.index());
        const auto begin = extracted.document.text.find(words, from);
        mention.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + words.size())};
        from = mention.span.begin;
        mention.value = std::move(value);
        mention.anchors = std::move(anchors);
        extracted.mentions.push_back(std::move(mention));
        return static_cast<std::uint32_t>(extracted.mentions.size() - 1);
    }
    std::uint32_t place(std::string_view words, std::vector<Candidate> candidates, std::string kind = "") {
        const auto index = add(words, PlaceValue{"", std::move(kind), ""});
        extracted.mentions[index].candidates = std::move(candidates);
        return index;
    }
    Mention& operator[](std::size_t index) { return extracted.mentions[index]; }
};

inline Candidate attested(std::uint32_t record, float score = 0.95F) { return {record, score, {}, {}, {}}; }
inline Candidate generated(std::uint32_t record, std::vector<std::string> route, float score = 0.7F) { return {record, score, {}, {}, std::move(route)}; }

}  // namespace demarc::test
