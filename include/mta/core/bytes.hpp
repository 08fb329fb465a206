#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "mta/core/export.hpp"
#include "mta/core/units.hpp"

namespace mta {

/// Writes little-endian bytes, the same on every machine; `seal` adds a checksum of all before it.
class MTA_EXPORT ByteWriter {
 public:
  void u32(std::uint32_t value);
  void u64(std::uint64_t value);
  void i64(std::int64_t value) { u64(static_cast<std::uint64_t>(value)); }
  void micros(Micros value) { i64(value.units); }
  void text(std::string_view value);  ///< its length as u64, then its bytes
  /// The bytes with their checksum; the writer is empty afterwards.
  [[nodiscard]] std::string seal();

 private:
  std::string bytes_;
};

/// Reads what a ByteWriter sealed.
/// @throws Error{Errc::corrupt_state} where the checksum is wrong or a read goes past the end.
class MTA_EXPORT ByteReader {
 public:
  explicit ByteReader(std::string_view sealed);
  [[nodiscard]] std::uint32_t u32();
  [[nodiscard]] std::uint64_t u64();
  [[nodiscard]] std::int64_t i64() { return static_cast<std::int64_t>(u64()); }
  [[nodiscard]] Micros micros() { return {i64()}; }
  [[nodiscard]] std::string_view text();
  /// A count of items that take at least `bytes_each` each: never more than what is left can hold.
  /// @pre bytes_each > 0 (asserted)
  [[nodiscard]] std::size_t count(std::size_t bytes_each);
  void expect_end() const;  ///< @throws where bytes are left over

 private:
  [[nodiscard]] std::string_view take(std::size_t count);
  std::string_view rest_;
};

}  // namespace mta
