#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mta/core/decimal.hpp"
#include "mta/core/error.hpp"
#include "mta/ingest/event_rows.hpp"
#include "mta/ingest/events.hpp"
#include "mta/ingest/reader.hpp"
#include "mta/ingest/time_parser.hpp"

namespace mta::test {

/// One event as text: "time event channel [dimension...] [=value [#]...]", the parts that are empty
/// shown as "-"; "#" is an identifier that is there, "." one that is not.
inline std::string shown(std::string_view text) { return text.empty() ? "-" : std::string(text); }

inline std::string key_text(const PersonKey& key) {
  return std::to_string(key.high) + ":" + std::to_string(key.low);
}

/// The events of each person in order of input; buckets one after another.
inline std::vector<std::pair<std::string, std::string>> event_rows(const Events& events) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
    for (const EventSlice& slice : events.slices(bucket)) {
      const EventPart& part = events.part(slice.part);
      const EventRows table(part.table(bucket), part.spilled());
      const ConversionColumns& conversions = table.conversions();
      for (std::uint32_t row = slice.first_row; row < slice.first_row + slice.rows; ++row) {
        const EventRows::Place place = table.place(row);
        const EventRecord record = place.page.record(place.row);
        const EventKind kind = part.kinds()[record.kind];
        std::string text = format_time({record.time}) + ' ' + shown(part.events.text(kind.event)) +
                           ' ' + shown(part.channels.text(kind.channel));
        for (std::size_t d = 0; d < part.dimensions.size(); ++d) {
          text += ' ' + shown(part.dimensions[d].text(place.page.dimension(d, place.row)));
        }
        const std::size_t ids = events.layout().conversion_ids.size();
        for (std::size_t i = 0; i < conversions.row.size(); ++i) {
          if (conversions.row[i] != row) continue;
          text += " =" + format_micros(conversions.value[i]);
          for (std::size_t id = 0; id < ids; ++id) {
            text += conversions.ids[i * ids + id] == Hash128{} ? " ." : " #";
          }
        }
        rows.emplace_back(key_text({record.key_high, record.key_low}), text);
      }
    }
  }
  return rows;
}

/// The rows of one visitor, in order of input.
inline std::vector<std::string> rows_of(const Events& events, std::string_view visitor) {
  std::vector<std::string> rows;
  for (auto& [key, text] : event_rows(events)) {
    if (key == key_text(person_key(visitor))) rows.push_back(text);
  }
  return rows;
}

inline Events read_text(std::string_view text, SourceFormat format, const Schema& schema = {},
                        const ReadOptions& options = {}) {
  Events events(layout_of(schema));
  read(events, Source::memory("input", text, format), schema, options);
  return events;
}

inline Events read_csv(std::string_view text, const Schema& schema = {},
                       const ReadOptions& options = {}) {
  return read_text(text, SourceFormat::csv, schema, options);
}

inline Events read_ndjson(std::string_view text, const Schema& schema = {},
                          const ReadOptions& options = {}) {
  return read_text(text, SourceFormat::ndjson, schema, options);
}

/// Runs something that must throw an Error of this code; returns its message.
template <typename Call>
std::string error_of(Errc code, Call&& call) {
  try {
    std::forward<Call>(call)();
  } catch (const Error& error) {
    return error.code() == code ? std::string(error.what())
                                : "(another code) " + std::string(error.what());
  }
  return "(no error)";
}

}  // namespace mta::test
