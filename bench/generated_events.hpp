#pragma once
#include <string>

#include "generate/event_text.hpp"
#include "mta/ingest/reader.hpp"

namespace mta::bench {

/// Generated events as a run gets them: read from text, channel and campaign both there.
inline Events generated_events(std::uint64_t count) {
  const std::string text =
      events_text(EventGenerator({.events = count}), EventOrder::time, TextFormat::csv);
  Schema schema;
  schema.conversion_events = {"conversion"};
  schema.dimensions = {{"campaign", "campaign"}};
  Events events(layout_of(schema));
  read(events, Source::memory("generated", text, SourceFormat::csv), schema);
  return events;
}

}  // namespace mta::bench
