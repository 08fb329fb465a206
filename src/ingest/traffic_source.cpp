#include "mta/ingest/traffic_source.hpp"

#include <algorithm>

#include "ingest/click_ids.hpp"
#include "ingest/said_text.hpp"
#include "ingest/time_text.hpp"
#include "ingest/url_split.hpp"

namespace mta {
namespace {

std::string_view first_said(std::string_view a, std::string_view b) noexcept {
  const std::string_view text = said(a);
  return text.empty() ? said(b) : text;
}

/// Some trackers write a word where there is no referrer.
bool is_no_host(std::string_view host) noexcept {
  for (const std::string_view word :
       {"null", "undefined", "-", "(direct)", "$direct", "direct", "(none)", "(not set)"}) {
    if (host == word) return true;
  }
  return false;
}

class Derivation {
 public:
  Derivation(const TouchTexts& texts, const SiteLists& lists)
      : texts_(texts),
        lists_(lists),
        landing_(parse_url(texts.landing_url)),
        referrer_(parse_url(texts.referrer)) {
    if (is_no_host(referrer_.host)) referrer_ = {};
    read_tags();
    read_referrer();
    click_ = find_click();
  }

  TrafficSource take() {
    using Start = TrafficSource::Start;
    const bool is_tagged = !(result_.source.empty() && result_.medium.empty() &&
                             result_.campaign.empty() && result_.campaign_id.empty()) ||
                           click_ != nullptr;
    if (!is_tagged && is_internal_) {
      result_.start = Start::none;
    } else if (!is_tagged && !has_site() && trim_blanks(texts_.landing_url).empty()) {
      result_.start = Start::unknown;
    } else {
      fill_source_and_medium();
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool has_site() const noexcept { return !referrer_.host.empty() && !is_internal_; }

  void read_tags() {
    const auto tag = [this](std::string_view given, std::string_view name) {
      return std::string(first_said(given, landing_.parameter(name)));
    };
    result_.source = tag(texts_.source, "utm_source");
    result_.medium = tag(texts_.medium, "utm_medium");
    result_.campaign = tag(texts_.campaign, "utm_campaign");
    result_.content = tag(texts_.content, "utm_content");
    result_.term = tag(texts_.term, "utm_term");
    result_.campaign_id = tag({}, "utm_id");
  }

  void read_referrer() {
    if (referrer_.host.empty()) return;
    result_.referrer_host = referrer_.host;
    result_.referrer_domain =
        referrer_.is_app() ? referrer_.host : registrable_domain(referrer_.host);
    const bool is_same_site =
        !landing_.host.empty() && registrable_domain(landing_.host) == result_.referrer_domain;
    is_internal_ = is_same_site || lists_.holds("own_domains", referrer_.host) ||
                   lists_.holds("payment_providers", referrer_.host);
    if (!is_internal_) site_ = lists_.source(referrer_);
  }

  [[nodiscard]] const ClickId* find_click() const {
    for (const ClickId& id : click_ids()) {
      if (said(landing_.parameter(id.parameter)).empty()) continue;
      const bool is_refuted =
          std::find(id.refuted_by.begin(), id.refuted_by.end(), site_) != id.refuted_by.end();
      if (!is_refuted) return &id;
    }
    return nullptr;
  }

  void fill_source_and_medium() {
    const bool has_source = !result_.source.empty();
    if (click_ != nullptr) {
      result_.click_id = click_->parameter;
      if (click_->is_paid) result_.click = TrafficSource::Click::paid;
    }
    result_.source_category = category(has_source);
    if (!has_source) result_.source = missing_source();
    if (result_.medium.empty()) result_.medium = missing_medium(has_source);
  }

  /// A click id says who sold the click; the referrer, where it stood.
  [[nodiscard]] std::string category(bool has_source) const {
    if (has_source) return std::string(lists_.category(result_.source));
    if (has_site()) return std::string(lists_.category(referrer_));
    return std::string(click_ == nullptr ? std::string_view{} : lists_.category(click_->source));
  }

  /// A parameter that proves no ad says less than a referrer.
  [[nodiscard]] bool click_decides() const noexcept {
    return click_ != nullptr && (click_->is_paid || !has_site());
  }

  [[nodiscard]] std::string missing_source() const {
    if (click_decides()) return std::string(click_->source);
    if (has_site()) return site_;
    return result_.medium.empty() && result_.campaign.empty() && result_.campaign_id.empty()
               ? "(direct)"
               : "(not set)";
  }

  [[nodiscard]] std::string missing_medium(bool has_source) const {
    if (has_source && !lists_.medium(result_.source).empty()) {
      return std::string(lists_.medium(result_.source));
    }
    if (click_decides()) return std::string(click_->medium);
    if (has_site()) return site_medium(has_source);
    return equal_but_case(result_.source, "(direct)") ? "(none)" : "(not set)";
  }

  /// What led here is the referrer's page, not its search results, where a tag names the source.
  [[nodiscard]] std::string site_medium(bool has_source) const {
    const std::string_view kind = has_source ? std::string_view{} : lists_.category(referrer_);
    if (kind == "search") return "organic";
    return kind == "email" ? "email" : "referral";
  }

  const TouchTexts& texts_;
  const SiteLists& lists_;
  Url landing_, referrer_;
  std::string site_;  // the referrer as a source, unless it is internal
  bool is_internal_ = false;
  const ClickId* click_ = nullptr;
  TrafficSource result_;
};

}  // namespace

TrafficSource traffic_source(const TouchTexts& texts, const SiteLists& lists) {
  return Derivation(texts, lists).take();
}

}  // namespace mta
