#include "mta/models/registry.hpp"

#include <utility>

#include "mta/core/error.hpp"

namespace mta {

void Registry::add(std::string name, const ModelInfo& info, Maker maker) {
  const auto [at, is_new] = entries_.try_emplace(std::move(name), Entry{info, std::move(maker)});
  if (!is_new) {
    throw Error(Errc::invalid_option,
                "a model's name must be new to its registry, got \"" + at->first + "\" again");
  }
}

void Registry::add(const AnyModel& model) {
  add(std::string(model.info().name), model.info(), [model](std::string_view json) {
    read_options(model.info().name, json, [](OptionFields&) {});
    return model;
  });
}

const Registry::Entry& Registry::entry(std::string_view name) const {
  const auto at = entries_.find(name);
  if (at != entries_.end()) return at->second;
  std::string known;
  for (const auto& [other, entry] : entries_) known += (known.empty() ? "" : ", ") + other;
  throw Error(Errc::unknown_model,
              "no model is named \"" + std::string(name) + "\"; there are: " + known);
}

AnyModel Registry::make(std::string_view name, std::string_view options_json) const {
  return entry(name).maker(options_json);
}

bool Registry::contains(std::string_view name) const { return entries_.contains(name); }

std::vector<std::string> Registry::names() const {
  std::vector<std::string> names;
  for (const auto& [name, entry] : entries_) names.push_back(name);
  return names;
}

const ModelInfo& Registry::info(std::string_view name) const { return entry(name).info; }

}  // namespace mta
