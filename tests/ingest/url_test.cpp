#include "mta/ingest/url.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mta {
namespace {

struct HostCase {
  std::string name, text, scheme, host, path;
};

class UrlParts : public testing::TestWithParam<HostCase> {};

TEST_P(UrlParts, AreWhatStandsThere) {
  const Url url = parse_url(GetParam().text);
  EXPECT_EQ(url.scheme, GetParam().scheme);
  EXPECT_EQ(url.host, GetParam().host);
  EXPECT_EQ(url.path, GetParam().path);
}

const HostCase hosts[] = {
    {"plain", "https://www.example.com/a/b", "https", "www.example.com", "/a/b"},
    {"upper_case", "HTTPS://WWW.Example.COM/A", "https", "www.example.com", "/A"},
    {"port", "http://example.com:8080/x", "http", "example.com", "/x"},
    {"user", "http://me:secret@example.com/", "http", "example.com", "/"},
    {"trailing_dots", "http://example.com../", "http", "example.com", "/"},
    {"no_path", "https://example.com?a=1", "https", "example.com", ""},
    {"fragment", "https://example.com#a/b?c=d", "https", "example.com", ""},
    {"without_scheme", "example.com/path", "", "example.com", "/path"},
    {"without_scheme_with_port", "localhost:8080/x", "", "localhost", "/x"},
    {"scheme_relative", "//example.com/x", "", "example.com", "/x"},
    {"path_alone", "/landing?a=1", "", "", "/landing"},
    {"query_alone", "?a=1", "", "", ""},
    {"empty", "", "", "", ""},
    {"blanks", "  https://example.com/x \t", "https", "example.com", "/x"},
    {"android_app", "android-app://com.google.android.gm/", "android-app", "com.google.android.gm",
     "/"},
    {"mail", "mailto:me@example.com", "mailto", "", ""},
    {"about", "about:blank", "about", "", ""},
    {"address", "http://192.0.2.1:80/x", "http", "192.0.2.1", "/x"},
    {"long_address", "http://[2001:DB8::1]:80/x", "http", "2001:db8::1", "/x"},
    {"address_never_closed", "http://[2001:db8::1", "http", "2001:db8::1", ""},
    {"url_in_the_path", "https://a.example/go/https://b.example/", "https", "a.example",
     "/go/https://b.example/"},
    {"url_in_the_query", "/go?to=https://b.example/", "", "", "/go"},
    {"nothing_but_a_scheme", "https://", "https", "", ""},
};
INSTANTIATE_TEST_SUITE_P(Table, UrlParts, testing::ValuesIn(hosts),
                         [](const auto& test) { return test.param.name; });

struct QueryCase {
  std::string name, query;
  std::vector<UrlParameter> parameters;
};

class UrlQuery : public testing::TestWithParam<QueryCase> {};

TEST_P(UrlQuery, IsDecoded) {
  EXPECT_EQ(parse_url("https://example.com/?" + GetParam().query).parameters,
            GetParam().parameters);
}

const QueryCase queries[] = {
    {"none", "", {}},
    {"two", "a=1&b=2", {{"a", "1"}, {"b", "2"}}},
    {"escapes_and_blanks", "a=x%20y+z%2F%C3%A9", {{"a", "x y z/\xC3\xA9"}}},
    {"escaped_name", "utm%5Fsource=x", {{"utm_source", "x"}}},
    {"without_value", "a&b=", {{"a", ""}, {"b", ""}}},
    {"empty_fields", "&&a=1&", {{"a", "1"}}},
    {"equals_in_the_value", "a=b=c", {{"a", "b=c"}}},
    {"broken_escapes", "a=100%&b=%zz&c=%4", {{"a", "100%"}, {"b", "%zz"}, {"c", "%4"}}},
    {"no_utf8_once_decoded", "a=%FF%20x", {{"a", "%FF%20x"}}},
    {"nul", "a=%00", {{"a", "%00"}}},
    {"before_a_fragment", "a=1#b=2", {{"a", "1"}}},
    {"second_question_mark", "a=1?b", {{"a", "1?b"}}},
};
INSTANTIATE_TEST_SUITE_P(Table, UrlQuery, testing::ValuesIn(queries),
                         [](const auto& test) { return test.param.name; });

TEST(Url, FindsTheFirstParameterOfAName) {
  const Url url = parse_url("/?UTM_Source=first&utm_source=second");
  EXPECT_EQ(url.parameter("utm_source"), "first");
  EXPECT_EQ(url.parameter("utm_medium"), "");
}

struct DomainCase {
  std::string host, domain;
};

TEST(RegistrableDomain, FollowsThePublicSuffixList) {
  const DomainCase cases[] = {
      {"www.google.co.uk", "google.co.uk"},
      {"example.com", "example.com"},
      {"a.b.example.com", "example.com"},
      {"me.github.io", "me.github.io"},
      {"x.me.github.io", "me.github.io"},
      {"co.uk", "co.uk"},
      {"localhost", "localhost"},
      {"", ""},
      {"192.0.2.1", "192.0.2.1"},
      {"2001:db8::1", "2001:db8::1"},
      {"shop.example.unknowntld", "example.unknowntld"},
  };
  for (const DomainCase& each : cases) {
    EXPECT_EQ(registrable_domain(each.host), each.domain) << each.host;
  }
}

}  // namespace
}  // namespace mta
