#pragma once
#include <cstddef>
#include <functional>
#include <stop_token>

#include "mta/core/export.hpp"

namespace mta {

/// Runs `work(worker, task)` for every task in [0, tasks) on `threads` threads, the caller's own
/// among them; an atomic counter hands tasks out, so a worker sees its tasks in rising order.
///
///   Promises  returns when all is done; with one thread, no thread is started
///   Errors    the first exception of any worker is rethrown after all have stopped;
///             @throws Error{Errc::cancelled} where `stop` was requested before the end
///   Requires  threads >= 1 (asserted)
MTA_EXPORT void run_tasks(std::size_t threads, std::size_t tasks,
                          const std::function<void(std::size_t worker, std::size_t task)>& work,
                          const std::stop_token& stop = {});

/// Threads that fit this machine: std::thread::hardware_concurrency(), at least 1.
[[nodiscard]] MTA_EXPORT std::size_t default_threads() noexcept;

}  // namespace mta
