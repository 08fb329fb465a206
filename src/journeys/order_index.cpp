#include "journeys/order_index.hpp"

#include <algorithm>
#include <tuple>

namespace mta {

/// A conversion or refund with an id, and all that orders those with the same id.
struct OrderIndex::Entry {
  Hash128 id;
  bool refund;
  std::int64_t time;
  PersonKey person;
  std::uint32_t kind;
  Micros value;
  std::uint32_t bucket;
  std::uint32_t row;
  std::vector<std::uint32_t> dimensions;  // codes: none are kept where the events have none

  /// Content, so that which row stays never depends on the order of input.
  [[nodiscard]] auto rank() const {
    return std::tie(id, refund, time, value, person, kind, dimensions, row);
  }
};

OrderIndex::OrderIndex(const Events& events, const Vocabulary& vocabulary, const GoalRules& rules,
                       std::size_t id) {
  std::vector<Entry> entries;
  BucketEvents bucket(events, vocabulary);
  for (std::size_t b = 0; b < bucket_count; ++b) {
    bucket.load(b);
    collect(bucket, rules, id, entries);
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.rank() < b.rank(); });
  for (std::size_t begin = 0; begin < entries.size();) {
    std::size_t end = begin + 1;
    while (end < entries.size() && entries[end].id == entries[begin].id) ++end;
    settle(std::span(entries).subspan(begin, end - begin));
    begin = end;
  }
  for (Bucket& done : buckets_) {
    std::sort(done.duplicates.begin(), done.duplicates.end());
    std::sort(done.settled.begin(), done.settled.end());
    std::sort(done.refunds.begin(), done.refunds.end());
  }
}

void OrderIndex::collect(const BucketEvents& bucket, const GoalRules& rules, std::size_t id,
                         std::vector<Entry>& entries) const {
  for (std::size_t person = 0; person < bucket.persons(); ++person) {
    for (const BucketEvent& event : bucket.events_of(person)) {
      if (rules.role(bucket, event) != Role::conversion) continue;
      const Hash128 order = bucket.conversion_id(id, event.row);
      if (order == Hash128{}) continue;
      const Micros value = bucket.value(event.row);
      entries.push_back({order, value < Micros{0}, event.time, bucket.person(person), event.kind, value,
                         static_cast<std::uint32_t>(bucket.bucket()), event.row, {}});
      for (std::size_t d = 0; d < bucket.dimensions(); ++d) {
        entries.back().dimensions.push_back(bucket.dimension(d, event.row));
      }
    }
  }
}

/// One id's entries: conversions first, then refunds, each by time.
void OrderIndex::settle(std::span<const Entry> order) {
  const Entry& kept = order.front();
  Micros left = kept.value;
  for (std::size_t i = kept.refund ? 0 : 1; i < order.size(); ++i) {
    const Entry& entry = order[i];
    Bucket& bucket = buckets_[entry.bucket];
    const bool repeated = i > 0 && order[i - 1].refund && entry.refund &&
                          order[i - 1].time == entry.time && order[i - 1].value == entry.value;
    if (!entry.refund || repeated) {
      bucket.duplicates.push_back(entry.row);
    } else if (!kept.refund) {
      bucket.settled.push_back(entry.row);
      buckets_[kept.bucket].refunds.push_back({kept.row, entry.time, entry.value});
      left += entry.value;
    }
  }
  if (!kept.refund && left < Micros{0}) ++over_refunded_;
}

bool OrderIndex::is_duplicate(std::size_t bucket, std::uint32_t row) const noexcept {
  const auto& rows = buckets_[bucket].duplicates;
  return std::binary_search(rows.begin(), rows.end(), row);
}

bool OrderIndex::is_settled(std::size_t bucket, std::uint32_t row) const noexcept {
  const auto& rows = buckets_[bucket].settled;
  return std::binary_search(rows.begin(), rows.end(), row);
}

std::span<const OrderRefund> OrderIndex::refunds(std::size_t bucket, std::uint32_t row) const noexcept {
  const auto& all = buckets_[bucket].refunds;
  const auto range = std::equal_range(all.begin(), all.end(), OrderRefund{row, 0, {}},
                                      [](const OrderRefund& a, const OrderRefund& b) {
                                        return a.conversion_row < b.conversion_row;
                                      });
  return {range.first, range.second};
}

}  // namespace mta
