#pragma once
// Sightings of two identifiers, a cookie and a user: of 10, 9 are of a cookie with its own user,
// the tenth is of one with any user, as shared devices make them, which limits keep apart.
#include <cstdint>

#include "mta/identity/identity.hpp"

namespace mta::bench {

enum class Limits { none, users_and_cookies };

/// With limits: one user a person, and five cookies a week.
inline IdentityRules identity_rules(Limits limits) {
  IdentityOptions options;
  options.kinds = {{.name = "user"}, {.name = "cookie"}};
  if (limits == Limits::users_and_cookies) {
    options.kinds[0].limit = 1;
    options.kinds[1].limit = 5;
    options.kinds[1].within = *parse_limit_window("week");
  }
  return IdentityRules(options);
}

/// `count` of them, a second apart, of 3 identifiers for every 10: a user and its two cookies.
inline Sightings generated_sightings(std::uint64_t count) {
  const auto mix = [](std::uint64_t x) {  // SplitMix64's finaliser
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
  };
  const std::uint64_t users = count / 10, cookies = 2 * users;
  Sightings made;
  const KindId user = made.kind("user"), cookie = made.kind("cookie");
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t random = mix(i + 0x9e3779b97f4a7c15u);
    const std::uint64_t c = random % cookies;
    const std::uint64_t u = i % 10 == 0 ? mix(random) % users : c / 2;
    const Identifier pair[] = {{person_key(u), user}, {person_key(users + c), cookie}};
    made.add({static_cast<std::int64_t>(i) * 1'000'000}, pair);
  }
  return made;
}

}  // namespace mta::bench
