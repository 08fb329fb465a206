#pragma once
#include <span>

#include "mta/ingest/columns.hpp"
#include "support/plain_event.hpp"

namespace mta::test {

/// The id of a conversion that PlainEvent::order is.
inline constexpr const char* order_id = "order";

/// Appends events, in their order, as one more source. The layout's only conversion id, if any, is
/// `order_id`.
void append_plain(Events& events, std::span<const PlainEvent> plain, const Schema& schema = {});

[[nodiscard]] Events events_of(std::span<const PlainEvent> plain, const EventLayout& layout);

}  // namespace mta::test
