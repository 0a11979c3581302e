#pragma once
#include "extractor/resolvers.hpp"

namespace demarc {

/// Whether an amending rule says what two mentions have to do with one another (key `relation` of its value).
[[nodiscard]] bool states_relation(const RuleMatch& match);

/// Adds the relation of a match to `mention`, its subject: capture `object` is the other mention, `when`, `when2` or `when3` the date. A second relation of the
/// same kind to the same mention isn't added. False where the object is no mention of its own.
[[nodiscard]] bool add_relation(const RuleMatch& match, const ResolveContext& context, Mention& mention);

/// After all phases and the completion of dates: relations take their date's EDTF, and the sender of the document its recipients (`sent_to`, the document's date).
void complete_relations(Workspace& workspace);

}  // namespace demarc
