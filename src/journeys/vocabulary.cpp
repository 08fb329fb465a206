#include "mta/journeys/vocabulary.hpp"

#include <algorithm>

namespace mta {
namespace {

using Names = std::vector<std::string_view>;

/// The distinct texts of many dictionaries in byte order; the empty text is always the first.
template <class DictionaryOf>
Names sorted_names(const Events& events, DictionaryOf dictionary_of) {
  Names names{{}};
  for (std::size_t p = 0; p < events.parts(); ++p) {
    const auto& texts = dictionary_of(events.part(p)).texts();
    names.insert(names.end(), texts.begin(), texts.end());
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::vector<std::uint32_t> codes_in(const Names& names, const Dictionary& dictionary) {
  std::vector<std::uint32_t> codes;
  codes.reserve(dictionary.size());
  for (const std::string_view text : dictionary.texts()) {
    const auto at = std::lower_bound(names.begin(), names.end(), text);
    codes.push_back(static_cast<std::uint32_t>(at - names.begin()));
  }
  return codes;
}

}  // namespace

Vocabulary::Vocabulary(const Events& events) {
  const Names channels = sorted_names(events, [](const EventPart& p) -> auto& { return p.channels; });
  events_ = sorted_names(events, [](const EventPart& p) -> auto& { return p.events; });
  channels_.assign(channels.begin() + 1, channels.end());
  std::vector<std::vector<Kind>> kinds_of_part(events.parts());
  for (std::size_t p = 0; p < events.parts(); ++p) {
    const EventPart& part = events.part(p);
    const auto event_codes = codes_in(events_, part.events);
    const auto channel_codes = codes_in(channels, part.channels);
    for (const EventKind& kind : part.kinds()) {
      kinds_of_part[p].push_back({channel_codes[kind.channel], event_codes[kind.event]});
    }
    kinds_.insert(kinds_.end(), kinds_of_part[p].begin(), kinds_of_part[p].end());
  }
  std::sort(kinds_.begin(), kinds_.end());
  kinds_.erase(std::unique(kinds_.begin(), kinds_.end()), kinds_.end());
  for (const auto& kinds : kinds_of_part) {
    auto& codes = kind_codes_.emplace_back();
    for (const Kind& kind : kinds) {
      const auto at = std::lower_bound(kinds_.begin(), kinds_.end(), kind);
      codes.push_back(static_cast<std::uint32_t>(at - kinds_.begin()));
    }
  }
  load_dimensions(events);
}

void Vocabulary::load_dimensions(const Events& events) {
  dimension_codes_.resize(events.parts());
  for (std::size_t d = 0; d < events.layout().dimensions.size(); ++d) {
    dimensions_.push_back(
        sorted_names(events, [d](const EventPart& p) -> auto& { return p.dimensions[d]; }));
    for (std::size_t p = 0; p < events.parts(); ++p) {
      dimension_codes_[p].push_back(codes_in(dimensions_[d], events.part(p).dimensions[d]));
    }
  }
}

}  // namespace mta
