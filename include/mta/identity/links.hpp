#pragma once
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/core/hash.hpp"

namespace mta {

/// Two identifiers known to be of one person.
struct Link {
  PersonKey a;
  PersonKey b;
  friend auto operator<=>(const Link&, const Link&) = default;
};

/// Pairs of identifiers known to be of one person: a cookie and a login, a login and a telephone.
/// Identifiers are written as the events write them; neither order nor repetition matters.
class MTA_EXPORT Links {
 public:
  /// @throws Error{Errc::invalid_option} where one of them is empty or blank: it would join all
  /// persons whose identifier is missing.
  void add(std::string_view a, std::string_view b);
  void add(const PersonKey& a, const PersonKey& b) { pairs_.push_back({a, b}); }
  void merge(const Links& other);

  [[nodiscard]] bool empty() const noexcept { return pairs_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return pairs_.size(); }
  [[nodiscard]] std::span<const Link> pairs() const noexcept { return pairs_; }

 private:
  std::vector<Link> pairs_;
};

}  // namespace mta
