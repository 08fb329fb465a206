#pragma once
#include <string>

#include "generate/event_text.hpp"
#include "mta/ingest/reader.hpp"

namespace mta::bench {

/// Generated events as a run gets them: written as CSV, and read by the schema.
inline Events generated_events(std::uint64_t count, const Schema& schema) {
  const std::string text =
      events_text(EventGenerator({.events = count}), EventOrder::time, {TextFormat::csv});
  Events events(layout_of(schema));
  read(events, Source::memory("generated", text, SourceFormat::csv), schema);
  return events;
}

}  // namespace mta::bench
