#pragma once
// Conversions known by an id: which of them are duplicates, and where refunds belong. Built over all
// buckets at once, since an order may be refunded by an event of another visitor.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "journeys/goal_rules.hpp"
#include "mta/journeys/bucket_events.hpp"

namespace mta {

/// A refund, at the conversion that it gives back.
struct OrderRefund {
  std::uint32_t conversion_row;
  std::int64_t time;
  Micros value;
  friend auto operator<=>(const OrderRefund&, const OrderRefund&) = default;
};

class OrderIndex {
 public:
  /// Of the events that `rules` call conversions, by the id with index `id`.
  ///
  ///   Promises  of the conversions with one id the earliest stays (equal times: the smaller value,
  ///             then by person, then content); of refunds equal in id, time and value one stays.
  ///             An empty id is no id
  ///   Cost      O(conversions log conversions)
  OrderIndex(const Events& events, const Vocabulary& vocabulary, const GoalRules& rules, std::size_t id);

  [[nodiscard]] bool is_duplicate(std::size_t bucket, std::uint32_t row) const noexcept;
  /// Whether a refund is accounted for at its order's conversion rather than where it stands.
  [[nodiscard]] bool is_settled(std::size_t bucket, std::uint32_t row) const noexcept;
  /// The refunds of a conversion, by time, then value.
  [[nodiscard]] std::span<const OrderRefund> refunds(std::size_t bucket, std::uint32_t row) const noexcept;
  /// Orders whose refunds exceed their value.
  [[nodiscard]] std::uint64_t over_refunded() const noexcept { return over_refunded_; }

 private:
  struct Entry;
  struct Bucket {
    std::vector<std::uint32_t> duplicates, settled;
    std::vector<OrderRefund> refunds;
  };
  void collect(const BucketEvents& bucket, const GoalRules& rules, std::size_t id,
               std::vector<Entry>& entries) const;
  void settle(std::span<const Entry> order);

  std::array<Bucket, bucket_count> buckets_;
  std::uint64_t over_refunded_ = 0;
};

}  // namespace mta
