#include "simd/pair_codes.hpp"

#include "simd/forced_targets.hpp"
#include "support/synthetic_journeys.hpp"

namespace mta::test {
namespace {

class PairCodes : public OnEveryTarget {};

TEST_P(PairCodes, NumberNeighboursAtEveryLength) {
  Random random(5);
  for (const std::uint32_t codes : {1u, 7u, 512u, 65'535u}) {
    for (std::size_t pairs = 0; pairs < 70; ++pairs) {
      std::vector<std::uint32_t> code(pairs + 1);
      for (auto& c : code) c = static_cast<std::uint32_t>(random.below(codes));
      code.front() = codes - 1;
      std::vector<std::uint32_t> pair(pairs + 1, 42);
      simd::pair_codes(code, codes, std::span(pair).first(pairs));
      for (std::size_t i = 0; i < pairs; ++i) {
        const bool equal = code[i] == code[i + 1];
        EXPECT_EQ(pair[i] / codes, equal ? 0 : code[i]);
        EXPECT_EQ(pair[i] % codes, equal ? 0 : code[i + 1]);
      }
      EXPECT_EQ(pair.back(), 42u);  // nothing is written beyond the end
    }
  }
}

MTA_ON_EVERY_TARGET(PairCodes);

}  // namespace
}  // namespace mta::test
