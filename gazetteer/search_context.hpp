#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gazetteer/gazetteer.hpp"

namespace demarc {

/// What is known of the text in which a name stands.
struct SearchContext {
    std::string lang;            ///< ISO 639 of the original: speaks for spellings that came through it
    std::int16_t year = 0;       ///< of the text; names and records that weren't yet, or no more, stand back
    std::optional<LonLat> near;  ///< where the text plays: what lies near goes before what lies far
};

/// A hit with what speaks for it, 0..1.
struct RankedHit {
    Hit hit;
    double score = 0;
};

/// Hits of Gazetteer::search in the order of their scores in a context; without any the order in which they came.
/// A spelling by way of `lang` is worth 0.15, a name or record out of its years costs 0.3, each doubling of the distance beyond 50 km 0.05.
[[nodiscard]] std::vector<RankedHit> rank_hits(const Gazetteer& gazetteer, const std::vector<Hit>& hits, const SearchContext& context);

}  // namespace demarc
