#include "ingest/short_text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace mta {
namespace {

/// Byte by byte, as the contract has it.
ShortText by_bytes(std::string_view text) {
  std::uint64_t words[2] = {};
  for (std::size_t i = 0; i < text.size(); ++i) {
    words[i / 8] |= std::uint64_t{static_cast<unsigned char>(text[i])} << (8 * (i % 8));
  }
  return {words[0], words[1]};
}

TEST(ShortText, HoldsItsBytesAndZerosBehindThem) {
  // What stands behind a text does not matter.
  for (const std::string_view bytes :
       {"abcdefghijklmnopqrstuvwxyz012345", "\xc3\xa9\xff\x80\x01~~~~~~~~~~~~~~~~~~~~~~~~~~~"}) {
    for (std::size_t size = 0; size <= ShortText::longest; ++size) {
      const std::string_view text = bytes.substr(0, size);
      const ShortText expected = by_bytes(text);
      for (const ShortText& made : {ShortText::of(text), ShortText::padded(text)}) {
        EXPECT_EQ(made.head(), expected.head()) << size;
        EXPECT_EQ(made.tail(), expected.tail()) << size;
      }
    }
  }
}

TEST(ShortText, ReadsNoByteOfATextThatIsNotItsOwn) {
  for (std::size_t size = 0; size <= ShortText::longest; ++size) {
    const std::vector<char> alone(size, 'x');  // memory of its own: sanitizers see what is beyond
    const ShortText made = ShortText::of({alone.data(), size}),
                    expected = by_bytes(std::string(size, 'x'));
    EXPECT_EQ(made.head(), expected.head()) << size;
    EXPECT_EQ(made.tail(), expected.tail()) << size;
  }
}

}  // namespace
}  // namespace mta
