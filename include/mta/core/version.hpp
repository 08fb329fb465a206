#pragma once
#include <string_view>

namespace mta {

/// The version of this library.
inline constexpr std::string_view version = "0.1.0";

}  // namespace mta
