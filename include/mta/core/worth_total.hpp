#pragma once
#include <string_view>

#include "mta/core/export.hpp"
#include "mta/core/units.hpp"

namespace mta {

/// Sums worth, and the size of it, in 128 bits, so that overflow of any 64-bit partial sum is
/// known.
///
///   Promises  if `checked()` returns, every sum of any subset of what was added fits 64 bits
///   Cost      two additions of 128 bits per conversion
class MTA_EXPORT WorthTotal {
 public:
  void add(const Worth& worth) noexcept;
  void merge(const WorthTotal& other) noexcept;
  /// The sums. @throws Error{Errc::overflow} naming `what` where sum |W| exceeds 2^63 - 1.
  [[nodiscard]] Worth checked(std::string_view what) const;

 private:
  __extension__ typedef __int128 Wide;
  Wide conversions_ = 0, value_ = 0;
  Wide conversions_size_ = 0, value_size_ = 0;
};

}  // namespace mta
