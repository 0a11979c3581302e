// Any bytes as rule files (tests/fuzz/rule_input.hpp): loading refuses or works, within its budgets; what loads is run over a text.
#include <cstdint>
#include <cstdlib>
#include <utility>

#include "gazetteer/embedded.hpp"
#include "tests/fuzz/rule_input.hpp"

using namespace demarc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 1 << 15) return 0;
    static const Gazetteer gazetteer = std::move(Gazetteer::from_memory(embedded_gazetteer())).value();
    if (test::try_rules(test::cut_rule_input({reinterpret_cast<const char*>(data), size}), gazetteer) == test::RuleOutcome::broken) std::abort();
    return 0;
}
