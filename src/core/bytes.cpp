#include "mta/core/bytes.hpp"

#include <cassert>
#include <utility>

#include "mta/core/error.hpp"
#include "mta/core/hash.hpp"

namespace mta {
namespace {

void append_little_endian(std::string& bytes, std::uint64_t value, int count) {
  for (int i = 0; i < count; ++i) bytes.push_back(static_cast<char>((value >> (8 * i)) & 0xff));
}

std::uint64_t little_endian(std::string_view bytes) noexcept {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  }
  return value;
}

[[noreturn]] void corrupt(const char* why) {
  throw Error(Errc::corrupt_state, std::string("not the bytes of a state: ") + why);
}

}  // namespace

void ByteWriter::u32(std::uint32_t value) { append_little_endian(bytes_, value, 4); }
void ByteWriter::u64(std::uint64_t value) { append_little_endian(bytes_, value, 8); }

void ByteWriter::text(std::string_view value) {
  u64(value.size());
  bytes_ += value;
}

std::string ByteWriter::seal() {
  u64(hash64(bytes_));
  return std::exchange(bytes_, {});
}

ByteReader::ByteReader(std::string_view sealed) : rest_(sealed) {
  if (sealed.size() < 8) corrupt("too short");
  rest_.remove_suffix(8);
  if (little_endian(sealed.substr(rest_.size())) != hash64(rest_)) corrupt("the checksum differs");
}

std::string_view ByteReader::take(std::size_t count) {
  if (count > rest_.size()) corrupt("they end early");
  const std::string_view bytes = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return bytes;
}

std::uint32_t ByteReader::u32() { return static_cast<std::uint32_t>(little_endian(take(4))); }
std::uint64_t ByteReader::u64() { return little_endian(take(8)); }
std::string_view ByteReader::text() { return take(u64()); }

std::size_t ByteReader::count(std::size_t bytes_each) {
  assert(bytes_each > 0);
  const std::uint64_t items = u64();
  if (items > rest_.size() / bytes_each) corrupt("a count exceeds their length");
  return items;
}

void ByteReader::expect_end() const {
  if (!rest_.empty()) corrupt("bytes are left over");
}

}  // namespace mta
