#include "ingest/touch_key.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "ingest/click_ids.hpp"
#include "ingest/held_rules.hpp"
#include "ingest/said_text.hpp"
#include "ingest/url_split.hpp"

namespace mta {
namespace {

bool is_escaped(std::string_view text) noexcept {
  return std::any_of(text.begin(), text.end(), [](char c) { return c == '%' || c == '+'; });
}

}  // namespace

TouchKey::TouchKey(const ChannelRules& rules)
    : uses_path_(rules.held_->landing_path == ChannelRules::Held::LandingPath::used) {
  const auto note = [this](std::string name, Use use) {
    parameters_.resize(std::max(parameters_.size(), name.size() + 1));
    parameters_[name.size()].push_back({std::move(name), use});
  };
  for (const std::string& name : rules.held_->parameters) note(name, Use::value);
  for (const std::string name :
       {"utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term", "utm_id"}) {
    note(name, Use::value);
  }
  // Their values are nearly all different, and only that there is one matters.
  for (const ClickId& id : click_ids()) note(lowered(id.parameter), Use::presence);
}

/// Room for all that `of` can add: texts with their sizes, and of the landing page's parameters,
/// which have a byte or more, names and values with theirs.
void TouchKey::begin(const TouchTexts& texts, std::span<const std::string_view> columns) {
  std::size_t most = 64 + sizeof(std::uint64_t) * (columns.size() + 5);
  for (const std::string_view text :
       {texts.source, texts.medium, texts.campaign, texts.content, texts.term, texts.referrer}) {
    most += text.size();
  }
  for (const std::string_view text : columns) most += text.size();
  most += 4 * texts.landing_url.size();
  if (room_.size() < most) room_.resize(2 * most);
  at_ = room_.data();
}

void TouchKey::add(std::string_view text) noexcept {
  constexpr std::size_t short_size = 255;  // the key never leaves this process
  if (text.size() < short_size) {
    *at_++ = static_cast<char>(text.size());
  } else {
    *at_++ = static_cast<char>(short_size);
    const std::uint32_t size = static_cast<std::uint32_t>(text.size());
    std::memcpy(at_, &size, sizeof size);
    at_ += sizeof size;
  }
  if (text.empty()) return;
  std::memcpy(at_, text.data(), text.size());
  at_ += text.size();
}

void TouchKey::add_parameter(std::string_view name, std::string_view value) {
  if (is_escaped(name)) {
    add(name);  // may be any of them, once decoded
    add(value);
    return;
  }
  if (name.size() >= parameters_.size()) return;
  for (const Parameter& parameter : parameters_[name.size()]) {
    if (!equal_but_case(parameter.name, name)) continue;
    add(parameter.name);
    if (parameter.use == Use::presence && !is_escaped(value) && !said(value).empty()) value = "1";
    add(value);
    return;
  }
}

void TouchKey::add_landing(std::string_view url) {
  const UrlSpans spans = split_url(url);
  add(spans.scheme);
  add(spans.authority);
  if (uses_path_) add(spans.path);
  *at_++ = trim_blanks(url).empty() ? '0' : '1';
  for_each_parameter(spans.query, [this](std::string_view name, std::string_view value) {
    add_parameter(name, value);
  });
}

std::string_view TouchKey::of(const TouchTexts& texts, std::span<const std::string_view> columns) {
  begin(texts, columns);
  for (const std::string_view text :
       {texts.source, texts.medium, texts.campaign, texts.content, texts.term}) {
    add(text);
  }
  for (const std::string_view text : columns) add(text);
  const UrlSpans referrer = split_url(texts.referrer);
  add(referrer.scheme);
  add(referrer.authority);
  add_landing(texts.landing_url);
  return {room_.data(), static_cast<std::size_t>(at_ - room_.data())};
}

const JudgedTouch& ChannelJudge::judge(const TouchTexts& texts,
                                       std::span<const std::string_view> columns) {
  const std::string_view key = key_.of(texts, columns);
  const auto at = known_.find(key);
  if (at != known_.end()) return at->second;
  constexpr std::size_t entry = 512;  // about what an answer takes
  if (bytes_ + key.size() + entry > most_bytes) {
    known_.clear();
    bytes_ = 0;
  }
  bytes_ += key.size() + entry;
  ++judged_;
  return known_.emplace(key, rules_.judge(texts, columns)).first->second;
}

}  // namespace mta
