#pragma once
// Files in and out, for the example programs: every failure is said, none is lost.
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "mta/core/error.hpp"

namespace mta::examples {

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) throw Error(Errc::unreadable_input, path + ": " + std::strerror(errno));
  return text;
}

/// A file, or standard output where the path is empty. A full disk shows at the latest in close().
class OutputFile {
 public:
  /// @throws Error{Errc::write_failed} where the file cannot be made
  explicit OutputFile(std::string path)
      : path_(std::move(path)), file_(path_.empty() ? stdout : std::fopen(path_.c_str(), "wb")) {
    if (file_ == nullptr) fail();
  }
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile() {
    if (file_ != nullptr && file_ != stdout) std::fclose(file_);
  }

  void write(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) fail();
  }
  /// @throws Error{Errc::write_failed} where what was written did not reach the file
  void close() {
    std::FILE* const file = std::exchange(file_, nullptr);
    if ((file == stdout ? std::fflush(file) : std::fclose(file)) != 0) fail();
  }

 private:
  [[noreturn]] void fail() const {
    throw Error(Errc::write_failed,
                (path_.empty() ? std::string("standard output") : path_) + ": " + std::strerror(errno));
  }
  std::string path_;
  std::FILE* file_;
};

}  // namespace mta::examples
