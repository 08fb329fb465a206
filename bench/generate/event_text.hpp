#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "generate/event_generator.hpp"

namespace mta::bench {

enum class TextFormat { csv, ndjson };

/// How visitors are spelt.
enum class VisitorText {
  hex,   ///< 16 hexadecimal digits
  uuid,  ///< 36 characters
  url,   ///< some 200 characters, of which the last 16 tell visitors apart
  one,   ///< all events are one visitor's
};

struct TextForm {
  TextFormat format = TextFormat::csv;
  VisitorText visitor = VisitorText::hex;
  bool campaign = true;  ///< whether there is such a column
  /// CSV alone: columns landing_url, hardly two of which are the same, and referrer, of 300 sites.
  bool pages = false;
  /// CSV alone: a column login, an address in a tenth of the rows; a user has two visitors or so.
  bool login = false;
};

/// Writes all events as text, in pieces of about a megabyte: columns visitor, ts (ISO-8601 with
/// milliseconds and Z), type, channel, value ("49.90"), campaign, and those asked for. CSV has a
/// header and empty fields; NDJSON leaves out what is empty, and has value as a number.
void write_events(const EventGenerator& generator, EventOrder order, const TextForm& form,
                  const std::function<void(std::string_view)>& sink);

/// The same as one text.
[[nodiscard]] std::string events_text(const EventGenerator& generator, EventOrder order,
                                      const TextForm& form);

}  // namespace mta::bench
