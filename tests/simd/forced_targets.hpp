#pragma once
#include <gtest/gtest.h>

#include <string>

#include "simd/targets.hpp"

namespace mta::test {

/// Every test of a kernel runs on every target that the machine has. A suite derives from this and
/// is instantiated with MTA_ON_EVERY_TARGET(Suite).
class OnEveryTarget : public testing::TestWithParam<std::string> {
 protected:
  simd::ForcedTarget forced_{GetParam()};
};

#define MTA_ON_EVERY_TARGET(Suite)                                                  \
  INSTANTIATE_TEST_SUITE_P(Targets, Suite, testing::ValuesIn(mta::simd::targets()), \
                           [](const auto& test) { return test.param; })

}  // namespace mta::test
