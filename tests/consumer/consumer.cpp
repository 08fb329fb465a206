// A program of somebody else that uses mta: the same file for every way of getting at the library.
#include <array>
#include <cstdint>
#include <iostream>

#include "mta/mta.hpp"

int main() {
  const mta::ParsedMicros worth = mta::parse_micros("100");
  const std::array<std::uint32_t, 3> weight{1, 1, 1};
  std::array<mta::Micros, 3> part{};
  if (worth.status != mta::DecimalStatus::ok || !mta::apportion(worth.value, weight, part))
    return 1;
  mta::Micros total;
  for (const mta::Micros share : part) {
    std::cout << mta::format_micros(share) << '\n';
    total += share;
  }
  std::cout << "total " << mta::format_micros(total) << '\n';
  try {
    static_cast<void>(mta::builtin_models().make("no such model"));
  } catch (const mta::Error& error) {
    std::cout << "caught " << (error.code() == mta::Errc::unknown_model) << '\n';
  }
  return 0;
}
