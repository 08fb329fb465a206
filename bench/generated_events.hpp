#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "generate/event_text.hpp"
#include "mta/ingest/columns.hpp"
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

/// Appends generated columns as a program does that has them in memory.
inline void append_generated(Events& events, const EventGenerator& generator,
                             const GeneratedColumns& columns, const Schema& schema,
                             const AppendOptions& options = {}) {
  const auto views = [](const std::vector<std::string>& names) {
    return std::vector<std::string_view>(names.begin(), names.end());
  };
  const auto types = views(EventGenerator::type_names());
  const auto channels = views(generator.channel_names());
  append(events,
         {.visitor = columns.visitor,
          .time = EpochColumn{columns.time},
          .event = CodedColumn{columns.type, types},
          .channel = CodedColumn{columns.channel, channels},
          .value = std::span<const Micros>(columns.value)},
         schema, options);
}

}  // namespace mta::bench
