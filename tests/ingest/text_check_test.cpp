#include "ingest/text_check.hpp"

#include <algorithm>

namespace mta {
namespace {

using namespace std::string_literals;

TEST(TextCheck, TellsUtf8) {
  const std::string valid[] = {"",
                               "plain",
                               "caf\xc3\xa9",
                               "\xc2\x80",
                               "\xdf\xbf",
                               "\xe0\xa0\x80",
                               "\xed\x9f\xbf",
                               "\xee\x80\x80",
                               "\xef\xbf\xbf",
                               "\xf0\x90\x80\x80",
                               "\xf4\x8f\xbf\xbf",
                               "\x01\x1f\x7f"};
  const std::string broken[] = {"\x80",
                                "\xc0\x80",
                                "\xc1\xbf",
                                "\xc3",
                                "\xc3x",
                                "\xe0\x9f\xbf",
                                "\xed\xa0\x80",
                                "\xe2\x82",
                                "\xe2x\x82",
                                "\xf0\x8f\xbf\xbf",
                                "\xf4\x90\x80\x80",
                                "\xf5\x80\x80\x80",
                                "\xf0\x9f\x98",
                                "\xff",
                                "a\0b"s};
  // At every place of a text longer than a vector.
  for (std::size_t before = 0; before < 20; ++before) {
    const std::string front(before, 'x'), back(19 - before, 'y');
    for (const std::string& text : valid) EXPECT_TRUE(is_valid_text(front + text + back));
    for (const std::string& text : broken) EXPECT_FALSE(is_valid_text(front + text + back));
    for (const std::string& text : broken) EXPECT_FALSE(is_plain_ascii(front + text + back));
  }
  EXPECT_TRUE(is_plain_ascii("\x01 and \x7f, and more than sixteen bytes of it"));
}

TEST(TextCheck, CountsNewlines) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) {
    text += i % 3 == 0 || i > 12'000 ? '\n' : 'x';
    if (i % 997 != 0 && i > 100) continue;
    EXPECT_EQ(count_newlines(text.data(), text.data() + text.size()),
              static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')));
  }
  EXPECT_EQ(count_newlines(text.data() + 12'001, text.data() + text.size()), 7'999u);
}

}  // namespace
}  // namespace mta
