#include "mta/report/timeline.hpp"

#include <gtest/gtest.h>

#include "report/sample_trail.hpp"

namespace mta {
namespace {

TEST(Timeline, ShowsEachJourneyWithWhatItsTouchesEarned) {
  Timeline timeline;
  test::play_sample_trail(timeline);
  EXPECT_EQ(timeline.text(),
            "goal sale, person 00000000000000010000000a: converted at 2026-11-22T08:30:00Z, "
            "value 20.00\n"
            "time                         event  channel  camp,aign       last  linear, \"even\"\n"
            "---------------------------------------------------------------------------------\n"
            "1969-12-31T23:59:59.999999Z  view   Display  summer             -     0.5 / 10.00\n"
            "2026-11-22T08:30:00Z         buy    Search   (not set)  1 / 20.00     0.5 / 10.00\n"
            "\n"
            "goal sale, person 00000000000000010000000a: no conversion up to 2026-11-22T09:30:00Z\n"
            "time                  event  channel  camp,aign\n"
            "-----------------------------------------------\n"
            "2026-11-22T09:30:00Z  view   Display  summer\n");
}

TEST(Timeline, OfNobodyIsEmpty) {
  Timeline timeline;
  timeline.begin({"sale", {}, {}});
  timeline.end({});
  EXPECT_EQ(timeline.text(), "");
}

}  // namespace
}  // namespace mta
