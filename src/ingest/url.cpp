#include "mta/ingest/url.hpp"

#include <libpsl.h>

#include <algorithm>
#include <charconv>

#include "ingest/text_check.hpp"
#include "ingest/time_text.hpp"
#include "ingest/url_split.hpp"

namespace mta {
namespace {

constexpr std::string_view digits = "0123456789";

bool is_scheme(std::string_view text) noexcept {
  const auto is_letter = [](char c) { return lower(c) >= 'a' && lower(c) <= 'z'; };
  return !text.empty() && is_letter(text.front()) &&
         std::all_of(text.begin(), text.end(), [&](char c) {
           return is_letter(c) || digits.find(c) != std::string_view::npos || c == '+' ||
                  c == '-' || c == '.';
         });
}

/// "host:8080/path" begins like a scheme.
bool begins_with_port(std::string_view text) noexcept {
  const std::size_t end = std::min(text.find_first_not_of(digits), text.size());
  return end > 0 && (end == text.size() || text[end] == '/' || text[end] == '?');
}

int hex_value(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool is_ip_address(std::string_view host) noexcept {
  if (host.find(':') != std::string_view::npos) return true;
  return host.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace

UrlSpans split_url(std::string_view text) noexcept {
  UrlSpans spans;
  text = trim_blanks(text);
  text = text.substr(0, text.find('#'));
  const std::size_t question = text.find('?');
  if (question != std::string_view::npos) spans.query = text.substr(question + 1);
  text = text.substr(0, question);
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos && is_scheme(text.substr(0, colon)) &&
      !begins_with_port(text.substr(colon + 1))) {
    spans.scheme = text.substr(0, colon);
    text.remove_prefix(colon + 1);
    if (!text.starts_with("//")) return {spans.scheme, {}, {}, {}};
  }
  if (text.starts_with("//")) {
    text.remove_prefix(2);
  } else if (text.starts_with('/')) {
    spans.path = text;
    return spans;
  }
  const std::size_t slash = std::min(text.find('/'), text.size());
  spans.authority = text.substr(0, slash);
  spans.path = text.substr(slash);
  return spans;
}

std::string decoded(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low >= 0) {
      result += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      result += text[i] == '+' ? ' ' : text[i];
    }
  }
  return is_valid_text(result) ? result : std::string(text);
}

std::string host_of_authority(std::string_view authority) {
  const std::size_t at = authority.rfind('@');
  if (at != std::string_view::npos) authority.remove_prefix(at + 1);
  if (authority.starts_with('[')) {
    const std::size_t close = std::min(authority.find(']'), authority.size());
    return lowered(authority.substr(1, close - 1));
  }
  authority = authority.substr(0, authority.find(':'));
  while (authority.ends_with('.')) authority.remove_suffix(1);
  return lowered(authority);
}

std::string_view Url::parameter(std::string_view name) const noexcept {
  for (const UrlParameter& parameter : parameters) {
    if (equal_but_case(parameter.name, name)) return parameter.value;
  }
  return {};
}

Url parse_url(std::string_view text) {
  const UrlSpans spans = split_url(text);
  Url url{lowered(spans.scheme), host_of_authority(spans.authority), std::string(spans.path), {}};
  for_each_parameter(spans.query, [&](std::string_view name, std::string_view value) {
    url.parameters.push_back({decoded(name), decoded(value)});
  });
  return url;
}

std::string registrable_domain(std::string_view host) {
  std::string text(host);
  if (is_ip_address(host) || host.find('.') == std::string_view::npos) return text;
  const char* const domain = psl_registrable_domain(psl_builtin(), text.c_str());
  return domain == nullptr ? text : std::string(domain);
}

}  // namespace mta
