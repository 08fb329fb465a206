#pragma once
#include <array>
#include <string_view>

#include "mta/models/model.hpp"

namespace mta {

/// The option `distribute` of every fitted model.
inline void describe_distribute(OptionFields& fields, Distribute& distribute) {
  static constexpr std::array<std::string_view, 2> ways = {"channel_total", "journey"};
  fields.choice("distribute", distribute, ways);
}

}  // namespace mta
