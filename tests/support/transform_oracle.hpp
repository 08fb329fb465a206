#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "mta/journeys/goal.hpp"

namespace mta::test {

/// The positions of a path that a goal's Direct policy and transforms leave, in order.
class TransformOracle {
 public:
  TransformOracle(const std::vector<std::string>& channels, const Goal& goal)
      : channels_(channels) {
    for (std::size_t i = 0; i < channels.size(); ++i) left_.push_back(i);
    if (goal.direct == DirectPolicy::ignore_if_others) {
      remove_unless_all([](const std::string& channel) { return is_direct(channel); });
    }
    for (const Transform& transform : goal.transforms) apply(transform);
  }

  [[nodiscard]] const std::vector<std::size_t>& left() const noexcept { return left_; }

 private:
  using Positions = std::vector<std::size_t>;

  void apply(const Transform& transform) {
    const auto named = [&](const std::string& channel) { return channel == transform.channel; };
    switch (transform.kind) {
      case Transform::Kind::collapse:
        return keep([&](std::size_t i) { return i == 0 || channel(i) != channel(i - 1); });
      case Transform::Kind::first:
      case Transform::Kind::frequency:
        return keep([&](std::size_t i) {
          for (std::size_t k = 0; k < i; ++k) {
            if (channel(k) == channel(i)) return false;
          }
          return true;
        });
      case Transform::Kind::trim:
        return keep([&](std::size_t i) { return i + transform.count >= left_.size(); });
      case Transform::Kind::exclude:
        return keep([&](std::size_t i) { return !named(channel(i)); });
      case Transform::Kind::remove_if_not_all:
        return remove_unless_all(named);
      case Transform::Kind::remove_if_last_and_not_all:
        break;
    }
    Positions kept = left_;
    while (!kept.empty() && named(channels_[kept.back()])) kept.pop_back();
    if (!kept.empty()) left_ = kept;
  }

  [[nodiscard]] const std::string& channel(std::size_t i) const { return channels_[left_[i]]; }

  template <class Stays>
  void keep(Stays stays) {
    Positions kept;
    for (std::size_t i = 0; i < left_.size(); ++i) {
      if (stays(i)) kept.push_back(left_[i]);
    }
    left_ = kept;
  }

  template <class Matches>
  void remove_unless_all(Matches matches) {
    Positions kept;
    for (const std::size_t position : left_) {
      if (!matches(channels_[position])) kept.push_back(position);
    }
    if (!kept.empty()) left_ = kept;
  }

  const std::vector<std::string>& channels_;
  Positions left_;
};

}  // namespace mta::test
