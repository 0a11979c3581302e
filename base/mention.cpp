#include "base/mention.hpp"

#include <array>

namespace demarc {
namespace {

constexpr std::array<std::string_view, known_type_count + 1> type_names = {"person", "organisation", "military_unit", "date", "measure", "place",
                                                                           "area", "line", "coordinate", "document_ref", "declared"};

}  // namespace

std::string_view to_string(MentionType type) { return type_names[static_cast<std::size_t>(type)]; }

std::optional<MentionType> parse_mention_type(std::string_view name) {
    for (std::size_t i = 0; i < known_type_count; ++i) {
        if (type_names[i] == name) return static_cast<MentionType>(i);
    }
    return std::nullopt;
}

std::string_view to_string(Certainty certainty) {
    switch (certainty) {
        case Certainty::attested: return "attested";
        case Certainty::inferred: return "inferred";
        case Certainty::unresolved: return "unresolved";
    }
    return "unresolved";
}

std::string_view type_name(const Mention& mention) {
    const auto* declared = std::get_if<DeclaredValue>(&mention.value);
    return declared != nullptr ? std::string_view(declared->kind) : to_string(mention.type);
}

std::string mention_id(const Document& document, std::size_t index) { return document.id + "#m" + std::to_string(index); }

}  // namespace demarc
