#pragma once
#include <bitset>
#include <cstdint>
#include <optional>
#include <vector>

#include "identity/piece_order.hpp"
#include "mta/identity/person_map.hpp"
#include "mta/ingest/events.hpp"

namespace mta {

/// The pages of one table that hold rows of persons who get another key.
struct TouchedTable {
  std::size_t bucket;
  std::vector<std::uint32_t> pages;  ///< places in the table, rising
};

/// The buckets of identifiers that get another key.
[[nodiscard]] std::bitset<bucket_count> touched_buckets(const PersonMap& persons);

/// What stitching touches of a part; nothing where it is better written anew as a whole: a good
/// share of its pages is touched, or was before, or its rows are on disk.
[[nodiscard]] std::optional<std::vector<TouchedTable>> touched_tables(
    const EventPart& part, const PersonMap& persons, const std::bitset<bucket_count>& buckets);

/// Takes the rows of these pages to their persons. All other pages stay where they are.
void move_rows(EventPart& part, const std::vector<TouchedTable>& tables, const PersonMap& persons,
               const PieceOrder& order);

}  // namespace mta
