#include "mta/core/workers.hpp"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "mta/core/error.hpp"

namespace mta {

void run_tasks(std::size_t threads, std::size_t tasks,
               const std::function<void(std::size_t, std::size_t)>& work,
               const std::stop_token& stop) {
  assert(threads >= 1);
  std::atomic<std::size_t> next{0};
  std::atomic<bool> failed{false};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const auto worker = [&](std::size_t self) {
    try {
      while (!failed.load(std::memory_order_relaxed)) {
        const std::size_t task = next.fetch_add(1, std::memory_order_relaxed);
        if (task >= tasks) return;
        if (stop.stop_requested()) throw Error(Errc::cancelled, "cancelled by the caller");
        work(self, task);
      }
    } catch (...) {
      const std::scoped_lock lock(failure_mutex);
      if (!failure) failure = std::current_exception();
      failed = true;
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min(threads, tasks); ++i) others.emplace_back(worker, i);
    worker(0);
  }
  if (failure) std::rethrow_exception(failure);
}

std::size_t default_threads() noexcept {
  return std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
}

}  // namespace mta
