#include "simd/targets.hpp"

#include <hwy/highway.h>
#include <hwy/targets.h>

#include <cassert>

namespace mta::simd {
namespace {

void allow(std::int64_t targets) {
  hwy::SetSupportedTargetsForTest(targets);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace

std::vector<std::string> targets() {
  std::vector<std::string> names;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    names.emplace_back(hwy::TargetName(target));
  }
  return names;
}

ForcedTarget::ForcedTarget(std::string_view name) {
  std::int64_t found = 0;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    if (hwy::TargetName(target) == name) found = target;
  }
  assert(found != 0);
  allow(found);
}

ForcedTarget::~ForcedTarget() { allow(0); }

}  // namespace mta::simd
