#pragma once
#include "gazetteer/embedded.hpp"
#include "gazetteer/gazetteer.hpp"

namespace demarc {

/// The gazetteer built into the program, opened once.
[[nodiscard]] inline const Gazetteer& test_gazetteer() {
    static const Result<Gazetteer> gazetteer = Gazetteer::from_memory(embedded_gazetteer());
    return *gazetteer;
}

}  // namespace demarc
