#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"

namespace mta {

/// One parameter of a URL's query, percent-decoded, '+' as a blank.
struct UrlParameter {
  std::string name;
  std::string value;
  friend bool operator==(const UrlParameter&, const UrlParameter&) = default;
};

/// A URL taken apart. Never fails: what is not there is empty, an escape that is broken stays as it
/// stands, a fragment is left out.
///
///   Scheme    lower case; may be missing ("example.com/path", "//example.com", "/path?a=b"). Of a
///             scheme without "//" (mailto:, about:, data:) nothing but itself is kept
///   Host      lower case (ASCII), without user, port, brackets and trailing dots; of
///   android-app://
///             and ios-app:// the app's id
///   Path      as it stands, with its leading slash
///   Decoding  bytes that are no UTF-8 once decoded: then the text stays as it stands
struct Url {
  std::string scheme, host, path;
  std::vector<UrlParameter> parameters;

  /// The first value of a parameter, its name compared without regard to case (ASCII); empty where
  /// there is none.
  [[nodiscard]] MTA_EXPORT std::string_view parameter(std::string_view name) const noexcept;
  /// Whether the host is an app's id.
  [[nodiscard]] bool is_app() const noexcept {
    return scheme == "android-app" || scheme == "ios-app";
  }
};

[[nodiscard]] MTA_EXPORT Url parse_url(std::string_view text);

/// The part of a host that somebody registered: "www.shop.example.co.uk" is of "example.co.uk". By
/// the Public Suffix List that the library was built with, its private section (github.io)
/// included; IP addresses, hosts of a single label and public suffixes are themselves.
///
///   Requires  host in lower case, as parse_url gives it
///   Source    publicsuffix.org, through libpsl
[[nodiscard]] MTA_EXPORT std::string registrable_domain(std::string_view host);

}  // namespace mta
