#include "mta/core/workers.hpp"

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <thread>

#include "mta/core/error.hpp"

namespace mta {
namespace {

TEST(Workers, DoEveryTaskOnce) {
  for (std::size_t threads = 1; threads <= 8; ++threads) {
    for (const std::size_t tasks :
         {std::size_t{0}, std::size_t{1}, std::size_t{3}, std::size_t{256}, std::size_t{10'000}}) {
      std::vector<std::atomic<int>> done(tasks);
      run_tasks(threads, tasks, [&](std::size_t, std::size_t task) { ++done[task]; });
      for (const auto& times : done) ASSERT_EQ(times, 1) << threads << " threads";
    }
  }
}

TEST(Workers, NumberThemselvesAndSeeTheirTasksInRisingOrder) {
  constexpr std::size_t threads = 4;
  std::vector<std::vector<std::size_t>> tasks_of(threads);
  std::vector<std::thread::id> thread_of(threads);
  run_tasks(threads, 1'000, [&](std::size_t worker, std::size_t task) {
    ASSERT_LT(worker, threads);
    if (tasks_of[worker].empty()) thread_of[worker] = std::this_thread::get_id();
    EXPECT_EQ(thread_of[worker], std::this_thread::get_id());
    tasks_of[worker].push_back(task);
  });
  std::size_t sum = 0;
  for (const auto& tasks : tasks_of) {
    EXPECT_TRUE(std::is_sorted(tasks.begin(), tasks.end()));
    sum += tasks.size();
  }
  EXPECT_EQ(sum, 1'000U);
}

TEST(Workers, OneThreadIsTheCallers) {
  run_tasks(1, 10, [caller = std::this_thread::get_id()](std::size_t worker, std::size_t) {
    EXPECT_EQ(worker, 0U);
    EXPECT_EQ(std::this_thread::get_id(), caller);
  });
}

TEST(Workers, RethrowAnExceptionOnceAllHaveStopped) {
  for (std::size_t threads = 1; threads <= 8; ++threads) {
    std::atomic<int> running{0}, started{0};
    const auto work = [&](std::size_t, std::size_t task) {
      ++running;
      ++started;
      if (task == 20) {
        --running;
        throw std::runtime_error("task 20");
      }
      --running;
    };
    EXPECT_THROW(run_tasks(threads, 1'000'000, work), std::runtime_error);
    EXPECT_EQ(running, 0);
    EXPECT_GE(started, 21);
    EXPECT_LT(started, 1'000'000) << "the others went on";
  }
}

TEST(Workers, OfSeveralExceptionsOneIsRethrown) {
  EXPECT_THROW(run_tasks(4, 100, [](std::size_t, std::size_t) { throw std::logic_error("each"); }),
               std::logic_error);
}

TEST(Workers, StopWhereTheCallerAsksForIt) {
  for (const std::size_t threads : {std::size_t{1}, std::size_t{3}}) {
    std::stop_source source;
    std::atomic<int> started{0};
    try {
      run_tasks(
          threads, 1'000'000,
          [&](std::size_t, std::size_t) {
            if (++started == 10) source.request_stop();
          },
          source.get_token());
      ADD_FAILURE() << "went on to the end";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Errc::cancelled);
    }
    EXPECT_LT(started, 10 + 1'000);
  }
}

TEST(Workers, AStopBeforeTheStartDoesNothing) {
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(run_tasks(
                   2, 5, [](std::size_t, std::size_t) { ADD_FAILURE(); }, source.get_token()),
               Error);
}

TEST(Workers, ThereIsAtLeastOneThread) { EXPECT_GE(default_threads(), 1U); }

}  // namespace
}  // namespace mta
