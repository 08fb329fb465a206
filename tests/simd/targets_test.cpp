#include "simd/targets.hpp"

#include <gmock/gmock.h>

#include "simd/forced_targets.hpp"

namespace mta::test {
namespace {

using testing::AnyOf;
using testing::Contains;
using testing::ElementsAre;

TEST(Targets, ThePortableOneIsAlwaysThere) {
  EXPECT_THAT(simd::targets(), Contains(AnyOf("SCALAR", "EMU128", "SSE2", "NEON")));
}

class Forced : public OnEveryTarget {};

TEST_P(Forced, TargetIsTheOnlyOneWhileItLasts) {
  EXPECT_THAT(simd::targets(), ElementsAre(GetParam()));
}

TEST(Targets, AllAreBackAfterwards) {
  const auto before = simd::targets();
  { const simd::ForcedTarget forced(before.back()); }
  EXPECT_EQ(simd::targets(), before);
}

MTA_ON_EVERY_TARGET(Forced);

}  // namespace
}  // namespace mta::test
