#include "report/display_text.hpp"

namespace mta::report {
namespace {

TEST(Visible, LeavesTextOfAnyScriptAsItIs) {
  for (const char* text : {"", "Paid Search", "Größe", "検索", "😀", "a | b"}) {
    EXPECT_EQ(visible(text), text);
  }
}

TEST(Visible, ShowsWhatATerminalWouldObey) {
  EXPECT_EQ(visible("a\nb\r\tc"), "a\\nb\\r\\tc");
  EXPECT_EQ(visible("\x1b[2J\x7f"), "\\x1b[2J\\x7f");
  EXPECT_EQ(visible("\u0085\u202e"), "\\u0085\\u202e");
}

TEST(Visible, ShowsBytesThatAreNoUtf8) {
  EXPECT_EQ(visible("caf\xE9"), "caf\\xe9");
  EXPECT_EQ(visible("\xC0\xAF"), "\\xc0\\xaf");                    // overlong
  EXPECT_EQ(visible("\xED\xA0\x80"), "\\xed\\xa0\\x80");           // a surrogate
  EXPECT_EQ(visible("\xF4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");  // beyond U+10FFFF
  EXPECT_EQ(visible("\xE6\xA4"), "\\xe6\\xa4");                    // cut off
}

TEST(DisplayWidth, CountsColumns) {
  EXPECT_EQ(display_width(""), 0u);
  EXPECT_EQ(display_width("Café"), 4u);
  EXPECT_EQ(display_width("Cafe\u0301"), 4u);
  EXPECT_EQ(display_width("検索"), 4u);
  EXPECT_EQ(display_width("😀!"), 3u);
}

TEST(Shortened, KeepsBeginningAndEnd) {
  EXPECT_EQ(shortened("abcdefghij", 10), "abcdefghij");
  EXPECT_EQ(shortened("abcdefghijk", 10), "abcdef…ijk");
  EXPECT_EQ(display_width(shortened("abcdefghijk", 10)), 10u);
}

TEST(Shortened, NeverCutsACharacter) {
  EXPECT_EQ(shortened("検索検索検索", 10), "検索検…索");
  EXPECT_LE(display_width(shortened("検索検索検索", 10)), 10u);
}

}  // namespace
}  // namespace mta::report
