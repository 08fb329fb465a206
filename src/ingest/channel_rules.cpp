#include "mta/ingest/channel_rules.hpp"

#include <algorithm>
#include <cassert>

#include "ingest/held_rules.hpp"
#include "ingest/rule_reader.hpp"

namespace mta {

ChannelRules ChannelRules::parse(std::string_view json) {
  auto held = std::make_shared<Held>();
  RuleReader(*held).read(json);
  ChannelRules rules;
  rules.held_ = std::move(held);
  return rules;
}

const std::string& ChannelRules::json() const noexcept {
  static const std::string none;
  return held_ == nullptr ? none : held_->json;
}

std::span<const ChannelRules::Column> ChannelRules::columns() const noexcept {
  return held_ == nullptr ? std::span<const Column>{} : held_->columns;
}

JudgedTouch ChannelRules::judge(const TouchTexts& texts,
                                std::span<const std::string_view> columns) const {
  assert(are_given() && columns.size() == held_->columns.size());
  JudgedTouch touch{{}, traffic_source(texts, held_->lists)};
  using Start = TrafficSource::Start;
  if (touch.source.start == Start::unknown && held_->blank_rows == Held::BlankRows::direct) {
    touch.source.start = Start::touch;
    touch.source.source = "(direct)";
    touch.source.medium = "(none)";
  }
  const bool has_source = touch.source.start == Start::touch;
  const Url landing = parse_url(texts.landing_url);
  const RuleFacts facts{touch.source, landing, columns};
  for (const Held::Rule& rule : held_->rules) {
    if (!(has_source || rule.names_column) || !rule.when->holds(facts)) continue;
    touch.channel = rule.channel;
    return touch;
  }
  if (has_source) touch.channel = held_->otherwise;
  return touch;
}

std::vector<std::string> ChannelRules::channels() const {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  if (held_ == nullptr) return names;
  for (const Held::Rule& rule : held_->rules) add(rule.channel);
  add(held_->otherwise);
  return names;
}

}  // namespace mta
