#pragma once
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.hpp"

namespace demarc {

enum class ProblemLevel { error, warning, notice };
[[nodiscard]] std::string_view to_string(ProblemLevel level);

/// One line of problems.jsonl: something that went wrong with a document, or that a historian should see. Never ends a batch.
struct Problem {
    std::string document;         ///< document id, or path where no document came of it
    ProblemLevel level = ProblemLevel::error;
    std::string code;             ///< snake_case, stable: "empty_file", "not_text", "invalid_utf8", "record_without_text" …
    std::string message;          ///< the value met and what is allowed
    std::optional<Span> span;     ///< bytes of the document's text
    std::optional<std::uint64_t> record;  ///< line of a JSONL file, 1-based
};

/// Collects problems from several threads. `take` returns them sorted by document, record, span, code (same bytes for any number of threads).
class ProblemReporter {
public:
    void report(Problem problem);
    [[nodiscard]] std::vector<Problem> take();

private:
    std::mutex mutex_;
    std::vector<Problem> problems_;
};

}  // namespace demarc
