#include "support/plain_input.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mta::test {

void append_plain(Events& events, std::span<const PlainEvent> plain, const Schema& schema) {
  std::vector<std::string_view> visitors, names, channels, orders;
  std::vector<std::int64_t> times;
  std::vector<Micros> values;
  const auto& dimension_names = events.layout().dimensions;
  std::vector<std::vector<std::string>> texts(dimension_names.size());
  for (const PlainEvent& event : plain) {
    visitors.push_back(event.visitor);
    times.push_back(event.time);
    names.push_back(event.event);
    channels.push_back(event.channel);
    values.push_back(Micros{event.value});
    orders.push_back(event.order);
    for (std::size_t d = 0; d < texts.size(); ++d) {
      texts[d].push_back(dimension_of(event, dimension_names[d]));
    }
  }
  std::vector<std::vector<std::string_view>> dimensions;
  for (const auto& column : texts) dimensions.emplace_back(column.begin(), column.end());
  Columns columns;
  columns.visitor = TextColumn(visitors);
  columns.time = EpochColumn{times, EpochColumn::Unit::microseconds};
  columns.event = TextColumn(names);
  columns.channel = TextColumn(channels);
  columns.value = std::span<const Micros>(values);
  for (const auto& column : dimensions) columns.dimensions.emplace_back(TextColumn(column));
  for (std::size_t id = 0; id < events.layout().conversion_ids.size(); ++id) {
    columns.conversion_ids.emplace_back(TextColumn(orders));
  }
  append(events, columns, schema);
}

Events events_of(std::span<const PlainEvent> plain, const EventLayout& layout) {
  Events events(layout);
  append_plain(events, plain);
  return events;
}

}  // namespace mta::test
