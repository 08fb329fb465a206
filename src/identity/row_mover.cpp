#include "identity/row_mover.hpp"

namespace mta {

void RowMover::add(const EventPage& page, std::size_t i, const PersonKey& person) {
  for (std::size_t d = 0; d < codes_.size(); ++d) codes_[d] = page.dimension(d, i);
  const std::size_t bucket = bucket_of(person);
  const std::uint64_t sequence = bucket == bucket_ ? stays_ : moves_;
  const auto pieces = part_.table(bucket).pieces();
  if (pieces.empty() || pieces.back().sequence != sequence) writer_.begin_piece(bucket, sequence);
  writer_.append({person.high, person.low, page.kind(i), page.time(i)}, codes_);
}

}  // namespace mta
