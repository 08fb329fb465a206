#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "generate/event_generator.hpp"

namespace mta::bench {

enum class TextFormat { csv, ndjson };

/// Writes all events as text, in pieces of about a megabyte: columns visitor (16 hexadecimal
/// digits), ts (ISO-8601 with milliseconds and Z), type, channel, value ("49.90"), campaign. CSV
/// has a header and empty fields; NDJSON leaves out what is empty, and has value as a number.
void write_events(const EventGenerator& generator, EventOrder order, TextFormat format,
                  const std::function<void(std::string_view)>& sink);

/// The same as one text.
[[nodiscard]] std::string events_text(const EventGenerator& generator, EventOrder order,
                                      TextFormat format);

}  // namespace mta::bench
