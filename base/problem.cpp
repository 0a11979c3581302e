#include "base/problem.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace demarc {

std::string_view to_string(ProblemLevel level) {
    switch (level) {
        case ProblemLevel::error: return "error";
        case ProblemLevel::warning: return "warning";
        case ProblemLevel::notice: return "notice";
    }
    return "error";
}

void ProblemReporter::report(Problem problem) {
    const std::lock_guard lock(mutex_);
    problems_.push_back(std::move(problem));
}

std::vector<Problem> ProblemReporter::take() {
    const std::lock_guard lock(mutex_);
    const auto key = [](const Problem& p) {
        return std::tuple(std::string_view(p.document), p.record.value_or(0), p.span ? p.span->begin : 0, p.span ? p.span->end : 0,
                          std::string_view(p.code), std::string_view(p.message));
    };
    std::sort(problems_.begin(), problems_.end(), [&](const Problem& a, const Problem& b) { return key(a) < key(b); });
    return std::exchange(problems_, {});
}

}  // namespace demarc
