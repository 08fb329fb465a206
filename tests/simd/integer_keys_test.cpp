#include "simd/integer_keys.hpp"

#include "core/key_hash.hpp"
#include "simd/forced_targets.hpp"
#include "support/synthetic_journeys.hpp"

namespace mta::test {
namespace {

class IntegerKeys : public OnEveryTarget {};

TEST_P(IntegerKeys, AreThoseOfEachIdentifierAtEveryLength) {
  std::vector<std::uint64_t> identifiers = {
      0, 1, 2, 10, 0xffff'ffff, 0x1'0000'0000, ~std::uint64_t{0}};
  Random random(3);
  while (identifiers.size() < 40) identifiers.push_back(random.below(std::uint64_t{1} << 63));
  for (std::size_t n = 0; n <= identifiers.size(); ++n) {
    std::vector<std::uint64_t> high(n + 1, 7), low(n + 1, 7);
    simd::integer_keys(std::span(identifiers).first(n), std::span(high).first(n),
                       std::span(low).first(n));
    for (std::size_t i = 0; i < n; ++i) {
      const PersonKey key = integer_person_key(identifiers[i]);
      EXPECT_EQ(high[i], key.high) << identifiers[i];
      EXPECT_EQ(low[i], key.low) << identifiers[i];
    }
    EXPECT_EQ(high[n], 7u);  // nothing is written beyond the end
    EXPECT_EQ(low[n], 7u);
  }
}

MTA_ON_EVERY_TARGET(IntegerKeys);

}  // namespace
}  // namespace mta::test
