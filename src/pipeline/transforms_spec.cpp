#include "pipeline/transforms_spec.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "pipeline/json_fields.hpp"

namespace mta {
namespace {

using nlohmann::json;
using Kind = Transform::Kind;

struct NamedTransform {
  std::string_view name;
  Kind kind;
};
constexpr NamedTransform without_value[] = {
    {"collapse", Kind::collapse},       {"exposure", Kind::collapse},
    {"exposure_path", Kind::collapse},  {"first", Kind::first},
    {"first_path", Kind::first},        {"frequency", Kind::frequency},
    {"frequency_path", Kind::frequency}};
constexpr NamedTransform of_channels[] = {
    {"exclude", Kind::exclude},
    {"remove_if_not_all", Kind::remove_if_not_all},
    {"remove_if_last_and_not_all", Kind::remove_if_last_and_not_all}};

template <std::size_t n>
const NamedTransform* named(const NamedTransform (&transforms)[n], std::string_view name) {
  const auto at = std::find_if(std::begin(transforms), std::end(transforms),
                               [&](const NamedTransform& known) { return known.name == name; });
  return at == std::end(transforms) ? nullptr : at;
}

/// Whether a name stands for the path as it is.
bool is_identity(const json& given) {
  return given == "unique" || given == "identity" || given == "unique_path";
}

[[noreturn]] void refuse_transform(const std::string& place, const json& given) {
  refuse_spec(place,
              R"("collapse" (or "exposure"), "first", "frequency", "unique" (or "identity"), )"
              R"({"trim": count}, or {"exclude": channels}, {"remove_if_not_all": channels}, )"
              R"({"remove_if_last_and_not_all": channels})",
              given);
}

/// "collapse", {"trim": 5}, {"exclude": ["Direct", "Referral"]}, which is one step a channel, ...
void add_transform(const std::string& place, const json& given,
                   std::vector<Transform>& transforms) {
  if (is_identity(given)) return;
  if (given.is_string()) {
    const auto* const known = named(without_value, given.get<std::string>());
    if (known == nullptr) refuse_transform(place, given);
    transforms.push_back({known->kind, 0, {}});
    return;
  }
  if (!given.is_object() || given.size() != 1) refuse_transform(place, given);
  const std::string name = given.items().begin().key();
  const std::string here = place + "." + name;
  if (name == "trim" || name == "trim_long_path") {
    transforms.push_back({Kind::trim, as_count(here, *given.begin()), {}});
    return;
  }
  const auto* const known = named(of_channels, name);
  if (known == nullptr) refuse_transform(place, given);
  for (std::string& channel : as_texts(here, *given.begin())) {
    transforms.push_back({known->kind, 0, std::move(channel)});
  }
}

}  // namespace

std::vector<Transform> parse_transforms(const std::string& place, const json& given) {
  if (!given.is_array()) refuse_spec(place, "a list of transforms", given);
  std::vector<Transform> transforms;
  for (std::size_t i = 0; i < given.size(); ++i) {
    add_transform(place + "[" + std::to_string(i) + "]", given[i], transforms);
  }
  return transforms;
}

}  // namespace mta
