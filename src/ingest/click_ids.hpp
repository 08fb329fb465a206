#pragma once
#include <span>
#include <string_view>
#include <vector>

namespace mta {

/// A parameter that a platform adds to a click (data/channels/click_ids.csv).
struct ClickId {
  std::string_view parameter, source, medium;
  bool is_paid = false;
  std::vector<std::string_view> refuted_by;  // sources of referrers
};

/// In the order they are looked for.
[[nodiscard]] std::span<const ClickId> click_ids();

}  // namespace mta
