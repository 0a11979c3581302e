#pragma once
#include "extractor/resolvers.hpp"

namespace demarc {

/// Notes where abbreviations stand in brackets, for the two others; call when the words are loaded, as it goes through the text.
void find_abbreviations(Workspace& workspace);

/// Names of bodies that a text gives with their abbreviation, "Levant Monitoring Group (LMG)": before the phases, so that the whole name is one mention and no
/// rule takes a place or a shorter body out of it. A name counts where its capitals spell the abbreviation and one of its words is of bodies
/// (lexicons organisation_suffixes, organisation_heads, organisation_words).
void add_abbreviated_bodies(const ResolveContext& context);

/// The abbreviations so learned, and those of bodies and units that rules found, wherever they stand alone. After the phases.
void spread_abbreviations(const ResolveContext& context);

}  // namespace demarc
