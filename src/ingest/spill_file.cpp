#include "ingest/spill_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "mta/core/error.hpp"
#include "mta/core/hash.hpp"

namespace mta {
namespace {

std::string why() { return std::generic_category().message(errno); }

std::string_view as_text(std::span<const std::byte> bytes) noexcept {
  const void* const data = bytes.data();
  return {static_cast<const char*>(data), bytes.size()};
}

}  // namespace

SpillFile::~SpillFile() {
  if (file_ >= 0) (void)close(file_);
}

void SpillFile::open() {
  if (directory_.empty()) {
    std::error_code error;
    directory_ = std::filesystem::temp_directory_path(error).string();
    if (error) directory_ = "/tmp";
  }
  std::string path = (std::filesystem::path(directory_) / "mta-spill-XXXXXX").string();
  file_ = mkstemp(path.data());
  if (file_ < 0) {
    throw Error(Errc::write_failed, "cannot make a file for events beyond the memory budget in " +
                                        directory_ + ": " + why());
  }
  (void)fcntl(file_, F_SETFD, FD_CLOEXEC);
  if (unlink(path.c_str()) != 0) {
    throw Error(Errc::write_failed, "cannot unlink " + path + ": " + why());
  }
}

SpillFile::Written SpillFile::write(std::span<const std::byte> bytes) {
  const std::scoped_lock lock(mutex_);
  if (file_ < 0) open();
  const std::uint64_t offset = size_;
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t count =
        pwrite(file_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      throw Error(Errc::write_failed,
                  "cannot write " + std::to_string(offset + bytes.size()) +
                      " bytes of events beyond the memory budget to a file in " + directory_ +
                      ": " + why());
    }
    done += static_cast<std::size_t>(count);
  }
  size_ += bytes.size();
  return {offset, hash64(as_text(bytes))};
}

void SpillFile::read(std::span<std::byte> bytes, std::uint64_t offset,
                     std::uint64_t checksum) const {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t count =
        pread(file_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      throw Error(Errc::unreadable_input, "cannot read events back from the file in " + directory_ +
                                              ": " + (count == 0 ? "it ends early" : why()));
    }
    done += static_cast<std::size_t>(count);
  }
  if (hash64(as_text(bytes)) != checksum) {
    throw Error(Errc::unreadable_input,
                "events read back from the file in " + directory_ + " are not what was written");
  }
}

std::uint64_t SpillFile::size() const {
  const std::scoped_lock lock(mutex_);
  return size_;
}

}  // namespace mta
