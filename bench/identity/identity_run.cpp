// 10 M sightings of 3 M identifiers to persons, once: seconds of
// processor time, sightings as they come a second, bytes.
#include <sys/resource.h>

#include <cstdio>

#include "generated_sightings.hpp"

namespace {

constexpr std::uint64_t count = 10'000'000;

/// Of processor time, which other programs on the machine do not stretch.
double seconds(const rusage& usage) {
  const auto of = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

template <class Step>
void timed(const char* name, Step step) {
  rusage before{}, after{};
  getrusage(RUSAGE_SELF, &before);
  step();
  getrusage(RUSAGE_SELF, &after);
  const double took = seconds(after) - seconds(before);
  std::printf("%-24s %6.2f s  %6.2f M/s  peak %ld MB\n", name, took,
              static_cast<double>(count) / 1e6 / took, after.ru_maxrss / 1024);
}

}  // namespace

int main() {
  using mta::bench::Limits;
  mta::Sightings sightings;
  timed("add", [&] { sightings = mta::bench::generated_sightings(count); });
  std::printf("%zu distinct, %zu identifiers, %zu MB\n", sightings.size(), sightings.identifiers(),
              sightings.bytes() >> 20);
  mta::Identity plain, limited;
  timed("resolve", [&] { plain = resolve(sightings, mta::bench::identity_rules(Limits::none)); });
  timed("resolve within limits", [&] {
    limited = resolve(sightings, mta::bench::identity_rules(Limits::users_and_cookies));
  });
  for (const mta::Identity* identity : {&plain, &limited}) {
    std::printf("%llu persons, largest of %llu, %zu dropped\n",
                static_cast<unsigned long long>(identity->report.persons),
                static_cast<unsigned long long>(identity->report.largest.front().identifiers),
                identity->dropped.size());
  }
  std::string bytes;
  timed("save", [&] { bytes = sightings.save(); });
  std::printf("%zu MB\n", bytes.size() >> 20);
  timed("load", [&] { sightings = mta::Sightings::load(bytes); });
}
