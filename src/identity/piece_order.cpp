#include "identity/piece_order.hpp"

#include <algorithm>
#include <string>

#include "mta/core/error.hpp"

namespace mta {
namespace {

constexpr std::uint64_t first_of(std::uint64_t source) noexcept { return source << 32; }

/// Calls `visit` for every table of the events.
template <class Visit>
void for_each_table(Events& events, Visit visit) {
  for (std::size_t p = 0; p < events.parts(); ++p) {
    for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
      visit(events.part(p).table(bucket));
    }
  }
}

}  // namespace

PieceOrder::PieceOrder(Events& events) {
  std::map<std::uint64_t, std::vector<std::uint64_t>> sequences;
  for_each_table(events, [&](const EventTable& table) {
    for (const EventTable::Piece& piece : table.pieces()) {
      sequences[source_of(piece.sequence)].push_back(piece.sequence);
    }
  });
  for (auto& [source, all] : sequences) {
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    if ((bucket_count + 1) * all.size() > std::uint64_t{1} << 32) {
      throw Error(Errc::overflow, "stitching: a source was read in " + std::to_string(all.size()) +
                                      " pieces, fewer than 2^24 can be kept in order");
    }
    pieces_[source] = all.size();
  }
  for_each_table(events, [&](EventTable& table) {
    table.renumber_pieces([&](std::uint64_t sequence) {
      const std::vector<std::uint64_t>& all = sequences.at(source_of(sequence));
      const auto at = std::lower_bound(all.begin(), all.end(), sequence) - all.begin();
      return first_of(source_of(sequence)) + static_cast<std::uint64_t>(at);
    });
  });
}

std::uint64_t PieceOrder::moved(std::uint64_t before, std::size_t bucket) const {
  const std::uint64_t source = source_of(before), pieces = pieces_.at(source);
  return before + pieces * (1 + bucket);
}

std::vector<std::uint64_t> PieceOrder::sources() const {
  std::vector<std::uint64_t> sources;
  for (const auto& [source, pieces] : pieces_) sources.push_back(source);
  return sources;
}

}  // namespace mta
