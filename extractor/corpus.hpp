#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/civil_date.hpp"
#include "base/mention.hpp"
#include "base/result.hpp"
#include "extractor/extractor.hpp"
#include "extractor/rule_set.hpp"
#include "extractor/workspace.hpp"

namespace demarc {

/// One line `type: "surface"[#n] [-> value]` of a corpus block.
struct CorpusExpectation {
    std::string type;       ///< as type_name() writes it: "place", or a declared kind
    std::string surface;
    int occurrence = 0;     ///< 1-based; 0: the surface stands in the text once
    std::string value;      ///< as corpus_value() writes it; empty: not compared
    bool known_gap = false; ///< after `todo:`: fails when it begins to pass
    std::size_t line = 0;   ///< 1-based
};

/// A text and what must be found in it. For every kind that the block names, what it doesn't list must not be found.
struct CorpusBlock {
    std::string text;
    std::optional<CivilDate> reference;  ///< date of the document
    std::vector<CorpusExpectation> expectations;
    std::vector<std::string> none;       ///< types of which nothing must be found
    std::size_t line = 0;                ///< of its `text:`, 1-based
};

/// A corpus file:
///
///   # source: written for this test          ref: 1951-10-31     comment; `ref:` in it holds for the blocks below
///   text: One line of text.                                       begins a block
///     a further line of the text                                  two blanks before it; "¶" alone stands for an empty line
///   ref: 1951-11-01                                               for this block only; "ref: none" takes the date away
///   date: "31 October" -> 1951-10-31                              a surface may hold quotes; the last one closes it
///   todo: date: "Michaelmas"                                      a known gap
///   none: place, person
///
/// Blocks end at a blank line. ILLEGAL: a file without "# source:", an unknown kind, a surface that the text doesn't hold, or
/// holds more than once without #n.
struct Corpus {
    std::string path;
    std::vector<CorpusBlock> blocks;
};
/// `kinds`: the declared kinds that it may name. Errors: bad_data, with path:line.
[[nodiscard]] Result<Corpus> parse_corpus(std::string path, std::string_view content, std::span<const DeclaredKind> kinds = {});

/// What a run came to; `where` of a failure is "path:line".
struct CorpusFailure {
    std::string where;
    std::string message;
};
struct CorpusReport {
    std::size_t blocks = 0, expectations = 0, known_gaps = 0, examples = 0;
    std::vector<CorpusFailure> failures;
};

/// The value of a mention in the short form in which corpora give it:
/// date: EDTF, or the TIMEX3 value where there is no EDTF ("P3D"); measure "2 [mi_i]", "5..10 km"; person, organisation, place: name;
/// military_unit "number echelon branch nation sidc parent" (blanks of the parent as "_") and line "kind state offset_m", with "-" for an unknown; area: relation;
/// document_ref: kind; coordinate: system; a declared kind: "name" or "name; field value; field value".
[[nodiscard]] std::string corpus_value(const Mention& mention);
/// Whether a value meets what a corpus asks: equal; for units and lines the words given, in order, "*" meeting anything, may be fewer; of a
/// declared kind the name and any of its fields.
[[nodiscard]] bool meets_corpus_value(const Mention& mention, std::string_view wanted);

/// Runs every block and adds to the report.
void run_corpus(const Corpus& corpus, const Extractor& extractor, Workspace& workspace, CorpusReport& report);
/// Checks that every rule finds its own `examples` (a mention made or amended by it over each part between « and », or the whole
/// text, with the example's value where it gives one) and nothing in its `not` entries. `layer`: only the rules of this folder and later ones.
void check_examples(const RuleSet& rules, const Extractor& extractor, Workspace& workspace, CorpusReport& report, std::size_t layer = 0);

}  // namespace demarc
