#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "mta/core/export.hpp"
#include "mta/ingest/site_lists.hpp"

namespace mta {

/// What a row of input says of where a visit came from, as it stands there. Empty, blank, and
/// "null", "undefined", "(not set)": not said.
struct TouchTexts {
  std::string_view source = {}, medium = {}, campaign = {}, content = {}, term = {};
  std::string_view landing_url = {}, referrer = {};
};

/// Where a visit came from.
struct TrafficSource {
  /// What a row starts.
  enum class Start : std::uint8_t {
    touch,
    none,     ///< the referrer is the site itself or a payment provider, and nothing else is said
    unknown,  ///< nothing is said: no source, no landing page, no referrer
  };
  enum class Click : std::uint8_t { plain, paid };

  std::string source, medium, campaign, content, term;
  std::string campaign_id;      ///< utm_id
  std::string click_id;         ///< name of the parameter that a platform added to the click
  std::string source_category;  ///< search, social, video, shopping, ai_assistant, email, other
  std::string referrer_host, referrer_domain;
  Click click = Click::plain;  ///< paid: the click id proves an ad
  Start start = Start::touch;
};

/// Takes a landing URL and a referrer apart. Each of source, medium, campaign, content and term is,
/// first of all, what the row says itself, then the landing URL's utm_ parameter. A source or
/// medium that neither says is the click id's, else the referrer's, else "(direct)" and "(none)";
/// where something else is said, "(not set)".
///
///   Own       a referrer of the landing URL's registrable domain, or on the list own_domains
///   Source    definitions: docs/channels.md
///   Cost      some look-ups and texts: for distinct rows, not for each (see ChannelRules)
[[nodiscard]] MTA_EXPORT TrafficSource
traffic_source(const TouchTexts& texts, const SiteLists& lists = SiteLists::shipped());

}  // namespace mta
