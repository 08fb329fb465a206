#include "report/model_labels.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace mta::report {
namespace {

using Json = nlohmann::ordered_json;

Json options_of(const ModelResult& model) {
  return model.options.empty() ? Json::object() : Json::parse(model.options);
}

std::string spelled(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) return value.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string list;
  for (const Json& item : value) {
    if (!list.empty()) list += ';';
    list += spelled(item);
  }
  return list;
}

/// Whether a model of the same name gives this option another value.
bool differs(const GoalResult& goal, const ModelResult& model, const std::string& key,
             const Json& value) {
  for (const ModelResult& other : goal.models) {
    if (other.model != model.model) continue;
    const Json options = options_of(other);
    const auto found = options.find(key);
    if (found == options.end() || *found != value) return true;
  }
  return false;
}

std::string label_of(const GoalResult& goal, const ModelResult& model) {
  std::string label = model.model;
  char separator = ':';
  const Json options = options_of(model);
  for (const auto& [key, value] : options.items()) {
    if (!differs(goal, model, key, value)) continue;
    label += separator + key + '=' + spelled(value);
    separator = ',';
  }
  return label;
}

}  // namespace

std::vector<std::string> model_labels(const GoalResult& goal) {
  std::vector<std::string> labels;
  for (const ModelResult& model : goal.models) {
    const std::string label = label_of(goal, model);
    std::string candidate = label;
    for (std::size_t twin = 2; std::find(labels.begin(), labels.end(), candidate) != labels.end();
         ++twin) {
      candidate = label + " #" + std::to_string(twin);
    }
    labels.push_back(candidate);
  }
  return labels;
}

}  // namespace mta::report
