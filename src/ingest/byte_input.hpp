#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace mta {

/// Bytes one after another: a file, memory, or what a decompressor makes of either.
class ByteInput {
 public:
  ByteInput() = default;
  ByteInput(const ByteInput&) = delete;
  ByteInput& operator=(const ByteInput&) = delete;
  virtual ~ByteInput();
  /// Fills `buffer`; fewer than `size` only at the end. @throws Error{Errc::unreadable_input}
  [[nodiscard]] virtual std::size_t read(char* buffer, std::size_t size) = 0;
};

/// A file, standard input or memory as it is, with what is known of its size and progress.
class RawInput : public ByteInput {
 public:
  /// Bytes read so far; on any thread, also while another one reads.
  [[nodiscard]] virtual std::uint64_t consumed() const noexcept = 0;
  [[nodiscard]] virtual std::uint64_t size() const noexcept = 0;  ///< 0: not known, as of a pipe
};

[[nodiscard]] std::unique_ptr<RawInput> open_file(const std::string& path);
[[nodiscard]] std::unique_ptr<RawInput> open_memory(std::string_view bytes);

/// Puts a decompressor on an input whose first bytes call for one, else hands the bytes on. Where
/// the input's size is known, the decompressor runs on a thread of its own from the first read.
/// `raw` must outlive the result; `name` is what errors call it.
[[nodiscard]] std::unique_ptr<ByteInput> decompressed(RawInput& raw, const std::string& name);

/// The two decompressors; `head` are bytes already taken from `raw`.
[[nodiscard]] std::unique_ptr<ByteInput> make_gzip_input(RawInput& raw, std::string head,
                                                         const std::string& name);
[[nodiscard]] std::unique_ptr<ByteInput> make_zstd_input(RawInput& raw, std::string head,
                                                         const std::string& name);

[[noreturn]] void throw_unreadable(const std::string& name, const std::string& why);

}  // namespace mta
