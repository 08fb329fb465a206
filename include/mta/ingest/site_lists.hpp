#pragma once
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "mta/core/export.hpp"
#include "mta/ingest/url.hpp"

namespace mta {

/// What is known of sites, apps and the names that tags give them: their category, and named lists.
///
///   Names      compared without regard to case (ASCII). A host belongs to the longest listed host
///              that it is or lies below ("l.facebook.com" to "facebook.com"), down to its
///              registrable domain; "name.*" is listed under any public suffix. An app's id and a
///              name without a dot must be listed themselves
///   Shipped    the categories search, social, video, shopping, ai_assistant, email, other, and the
///              list payment_providers (docs/channels.md says where each comes from)
///   Later      additions go before what was listed
class MTA_EXPORT SiteLists {
 public:
  /// What the library ships.
  [[nodiscard]] static const SiteLists& shipped();

  /// Adds names to a category or a list, which is new where nobody knows it.
  void add(const std::string& list, std::span<const std::string> names);

  /// The category of a name or host; empty where there is none.
  [[nodiscard]] std::string_view category(std::string_view name) const;
  [[nodiscard]] std::string_view category(const Url& referrer) const;
  /// Whether a list, or a category, holds a name or host.
  [[nodiscard]] bool holds(const std::string& list, std::string_view name) const;
  [[nodiscard]] bool is_known(const std::string& list) const;
  /// The medium that a name alone says ("fb-ads": cpc); empty as a rule.
  [[nodiscard]] std::string_view medium(std::string_view name) const;
  /// How a referrer is called as a source: a search engine by the name that tags use ("google"),
  /// another site by its registrable domain, unless its host is of another category than that
  /// ("mail.google.com"); an app by its id.
  [[nodiscard]] std::string source(const Url& referrer) const;

 private:
  SiteLists() = default;
  void add_lines(std::string_view lines);

  std::unordered_map<std::string, std::string> categories_;  // by name
  std::unordered_map<std::string, std::string> media_;
  std::map<std::string, std::unordered_set<std::string>> lists_;
};

}  // namespace mta
