#include "mta/core/bytes.hpp"

#include <limits>

#include "mta/core/error.hpp"

namespace mta {
namespace {

std::string sealed_sample() {
  ByteWriter writer;
  writer.u32(0xdeadbeef);
  writer.u64(0x0123456789abcdef);
  writer.i64(std::numeric_limits<std::int64_t>::min());
  writer.micros(Micros{-12'345'000});
  writer.text("search");
  writer.text("");
  writer.text(std::string("\0\xff", 2));
  return writer.seal();
}

template <class Read>
void expect_corrupt(Read read, const std::string& what) {
  try {
    read();
    ADD_FAILURE() << what << " was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::corrupt_state) << what;
  }
}

TEST(Bytes, AreReadBackAsTheyWereWritten) {
  const std::string sealed = sealed_sample();
  ByteReader reader(sealed);
  EXPECT_EQ(reader.u32(), 0xdeadbeefU);
  EXPECT_EQ(reader.u64(), 0x0123456789abcdefU);
  EXPECT_EQ(reader.i64(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(reader.micros(), Micros{-12'345'000});
  EXPECT_EQ(reader.text(), "search");
  EXPECT_EQ(reader.text(), "");
  EXPECT_EQ(reader.text(), std::string("\0\xff", 2));
  EXPECT_NO_THROW(reader.expect_end());
}

TEST(Bytes, AreLittleEndianWithTheirChecksumLast) {
  ByteWriter writer;
  writer.u32(0x01020304);
  writer.text("ab");
  const std::string sealed = writer.seal();
  EXPECT_EQ(sealed.substr(0, 14), std::string("\x04\x03\x02\x01\x02\0\0\0\0\0\0\0ab", 14));
  EXPECT_EQ(sealed.size(), 14U + 8U);
  // XXH3 of no bytes at all, as its specification has it: 0x2d06800538d394c2
  EXPECT_EQ(ByteWriter().seal(), "\xc2\x94\xd3\x38\x05\x80\x06\x2d");
}

TEST(Bytes, SealingEmptiesTheWriter) {
  ByteWriter writer;
  writer.u64(7);
  const std::string first = writer.seal();
  EXPECT_NE(first, writer.seal());
  writer.u64(7);
  EXPECT_EQ(writer.seal(), first);
}

TEST(Bytes, EveryFlippedBitIsRefused) {
  const std::string sealed = sealed_sample();
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string broken = sealed;
      broken[i] = static_cast<char>(broken[i] ^ (1 << bit));
      expect_corrupt([&] { ByteReader reader(broken); },
                     "bit " + std::to_string(bit) + " of byte " + std::to_string(i));
    }
  }
}

TEST(Bytes, EveryTruncationIsRefused) {
  const std::string sealed = sealed_sample();
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    expect_corrupt([&] { ByteReader reader(std::string_view(sealed).substr(0, size)); },
                   std::to_string(size) + " bytes");
  }
  expect_corrupt([&] { ByteReader reader(sealed + '\0'); }, "a byte too many");
}

TEST(Bytes, ReadingPastTheEndIsRefused) {
  ByteWriter writer;
  writer.u32(1);
  const std::string sealed = writer.seal();
  expect_corrupt([&] { (void)ByteReader(sealed).u64(); }, "8 of 4 bytes");
  ByteReader reader(sealed);
  EXPECT_EQ(reader.u32(), 1U);
  expect_corrupt([&] { (void)reader.u32(); }, "4 of none");
}

TEST(Bytes, LeftOversAreRefused) {
  ByteWriter writer;
  writer.u32(1);
  const std::string sealed = writer.seal();
  expect_corrupt([&] { ByteReader(sealed).expect_end(); }, "4 bytes left");
}

TEST(Bytes, HostileLengthsAndCountsAreRefused) {
  for (const std::uint64_t size :
       {std::uint64_t{17}, std::uint64_t{1} << 32, std::numeric_limits<std::uint64_t>::max()}) {
    ByteWriter writer;
    writer.u64(size);
    writer.u64(0);
    writer.u64(0);
    const std::string sealed = writer.seal();
    expect_corrupt([&] { (void)ByteReader(sealed).text(); }, "a text of " + std::to_string(size));
    expect_corrupt([&] { (void)ByteReader(sealed).count(1); },
                   "a count of " + std::to_string(size));
    expect_corrupt([&] { (void)ByteReader(sealed).count(16); }, "items of 16 bytes");
  }
}

TEST(Bytes, CountsThatFitAreTaken) {
  ByteWriter writer;
  writer.u64(2);
  writer.u64(0);
  writer.u64(0);
  const std::string sealed = writer.seal();
  EXPECT_EQ(ByteReader(sealed).count(8), 2U);
  EXPECT_EQ(ByteReader(sealed).count(1), 2U);
  expect_corrupt([&] { (void)ByteReader(sealed).count(9); }, "2 items of 9 bytes in 16");
}

}  // namespace
}  // namespace mta
