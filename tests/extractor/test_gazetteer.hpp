#pragma once
#include "gazetteer/gazetteer.hpp"

namespace demarc {

/// The embedded gazetteer, opened once.
[[nodiscard]] const Gazetteer& test_gazetteer();

}  // namespace demarc
