#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "mta/ingest/source.hpp"

namespace mta {

/// A source with a look ahead: a header or a sample can be seen before the rows are read.
/// A byte order mark of UTF-8 is left out.
class ByteStream {
 public:
  /// @throws Error{Errc::unreadable_input} where the text is UTF-16 or UTF-32.
  explicit ByteStream(Source& source);

  /// The first `size` bytes not yet read, fewer only where the source has no more. Valid until the
  /// next call.
  [[nodiscard]] std::string_view peek(std::size_t size);
  void skip(std::size_t size);  ///< @pre they were peeked at
  /// Fills `buffer`; fewer than `size` only at the end.
  [[nodiscard]] std::size_t read(char* buffer, std::size_t size);

  [[nodiscard]] const std::string& name() const noexcept { return source_.name(); }
  [[nodiscard]] std::uint64_t consumed() const noexcept { return source_.consumed(); }

 private:
  Source& source_;
  std::string ahead_;  // bytes read from the source but not yet from here: [used_, size)
  std::size_t used_ = 0;
};

}  // namespace mta
