#include <algorithm>
#include <bit>
#include <memory>
#include <random>
#include <string>

#include "simd/forced_targets.hpp"
#include "simd/line_index.hpp"
#include "simd/stop_index.hpp"

namespace mta::test {
namespace {

using simd::LineIndex;
using simd::MarkedBytes;
using simd::StopIndex;

class TextIndex : public OnEveryTarget {};

bool is_quote(char c) { return c == '"'; }
bool is_stop(char c) { return c == '"' || c == '\n'; }
bool is_escape(char c) { return c == '\\' || (static_cast<unsigned char>(c) < 0x20 && c != '\n'); }

void expect_marks(const MarkedBytes& marks, const std::string& text, bool (*is_marked)(char)) {
  for (std::size_t begin = 0; begin <= text.size(); begin += 1 + begin / 7) {
    const auto first =
        std::find_if(text.begin() + static_cast<std::ptrdiff_t>(begin), text.end(), is_marked) -
        text.begin();
    const std::size_t next = marks.next(begin);
    ASSERT_EQ(std::min(next, text.size()), static_cast<std::size_t>(first)) << "from " << begin;
    for (std::size_t end = begin + 1; end <= text.size(); end += 1 + (end - begin) / 5) {
      ASSERT_EQ(marks.any(begin, end), first < static_cast<std::ptrdiff_t>(end))
          << begin << " to " << end;
    }
  }
}

bool is_plain(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0; });
}

void expect_right(const StopIndex& index, const std::string& text, char delimiter) {
  std::vector<std::uint32_t> behind{0}, newlines;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != delimiter && text[i] != '\n') continue;
    behind.push_back(static_cast<std::uint32_t>(i + 1));
    if (text[i] == '\n') newlines.push_back(behind.back());
  }
  ASSERT_EQ(index.stops(), behind.size() - 1);
  ASSERT_EQ(std::vector(index.behind(), index.behind() + behind.size()), behind);
  const auto found = index.behind_newlines();
  ASSERT_EQ(std::vector(found.begin(), found.end()), newlines);
  ASSERT_EQ(index.is_plain(), is_plain(text));
  expect_marks(index.quotes(), text, is_quote);
}

void expect_right(const LineIndex& index, const std::string& text) {
  std::vector<std::uint32_t> behind;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') behind.push_back(static_cast<std::uint32_t>(i + 1));
  }
  const auto found = index.behind_newlines();
  ASSERT_EQ(std::vector(found.begin(), found.end()), behind);
  ASSERT_EQ(index.is_plain(), is_plain(text));
  expect_marks(index.stops(), text, is_stop);
  expect_marks(index.escapes(), text, is_escape);
}

std::string random_text(std::mt19937& random, std::size_t size, std::string_view characters) {
  std::string text;
  while (text.size() < size) text += characters[random() % characters.size()];
  return text;
}

TEST_P(TextIndex, FindsWhatALoopOverTheBytesFinds) {
  using namespace std::string_view_literals;
  const std::string_view alphabets[] = {"abcdefgh,,\n",
                                        ",\n\"\\\r\t",
                                        "abcdefghijklmnopqrstuvwxyz0123456789,",
                                        "abcdef\xc3\xa9,\n",
                                        "a\0,\n\x1f "sv,
                                        ",",
                                        "\n",
                                        "\x7f\x80\xff\"",
                                        "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ\""};
  std::mt19937 random(5);
  StopIndex stops;
  LineIndex lines;
  for (const std::string_view alphabet : alphabets) {
    for (std::size_t size = 0; size < 300; size += size < 140 ? 1 : 13) {
      const std::string text = random_text(random, size, alphabet);
      // Memory of its own, without a byte behind it.
      const auto alone = std::make_unique<char[]>(size);
      std::copy(text.begin(), text.end(), alone.get());
      for (const char delimiter : {',', ';', '\xff'}) {
        stops.build({alone.get(), size}, delimiter);
        expect_right(stops, text, delimiter);
      }
      lines.build({alone.get(), size});
      expect_right(lines, text);
      ASSERT_FALSE(HasFatalFailure()) << "size " << size << " of " << alphabet;
    }
  }
}

TEST_P(TextIndex, HoldsTheLargestTextThatIsAllStops) {
  StopIndex stops;
  LineIndex lines;
  for (const char c : {',', '\n', 'x'}) {
    const std::string text(StopIndex::largest_text, c);
    const std::size_t newlines = c == '\n' ? text.size() : 0;
    stops.build(text, ',');
    EXPECT_EQ(stops.stops(), c == 'x' ? 0 : text.size());
    EXPECT_EQ(stops.behind_newlines().size(), newlines);
    EXPECT_EQ(stops.behind()[stops.stops()], c == 'x' ? 0 : text.size());
    lines.build(text);
    EXPECT_EQ(lines.behind_newlines().size(), newlines);
    const std::size_t first = lines.stops().next(0);
    EXPECT_EQ(std::min(first, text.size()), c == '\n' ? 0 : text.size());
  }
}

TEST_P(TextIndex, ForgetsTheTextBefore) {
  const std::string quotes = "\"\"\"\\\xff,\n", plain = "plain";
  StopIndex stops;
  LineIndex lines;
  stops.build(quotes, ',');
  lines.build(quotes);
  EXPECT_TRUE(stops.quotes().any(0, 1));
  EXPECT_TRUE(lines.escapes().any(0, 4));
  stops.build(plain, ',');
  lines.build(plain);
  expect_right(stops, plain, ',');
  expect_right(lines, plain);
}

// A text without escapes is indexed more simply, unless the text before had some.
TEST_P(TextIndex, FindsWhateverStandsAfterWhatever) {
  using namespace std::string_view_literals;
  const std::string_view odd[] = {"x"sv,    "\\"sv,   "\r"sv,   "\0"sv, "\x1f"sv,
                                  "\x80"sv, "\xff"sv, "\x7f"sv, " "sv};
  std::mt19937 random(7);
  LineIndex lines;
  for (int i = 0; i < 400; ++i) {
    std::string text = random_text(random, 1 + random() % 200, "abcdefghijklmnopqrst\"\n ");
    text[random() % text.size()] = odd[random() % std::size(odd)][0];
    lines.build(text);
    expect_right(lines, text);
    ASSERT_FALSE(HasFatalFailure()) << text;
  }
}

TEST_P(TextIndex, AWindowShowsTheMarksOfTheBytesThatFollow) {
  std::mt19937 random(11);
  LineIndex lines;
  const std::string text = random_text(random, 700, "abcdefghijklmnopqrstuvwxyz\"");
  lines.build(text);
  for (std::size_t place = 0; place < text.size() - 64; ++place) {
    const std::uint64_t window = lines.stops().window(place);
    if (std::endian::native != std::endian::little) continue;
    for (std::size_t i = 0; i < 57; ++i) {
      ASSERT_EQ((window >> i & 1) != 0, text[place + i] == '"') << place << " and " << i;
    }
  }
}

MTA_ON_EVERY_TARGET(TextIndex);

}  // namespace
}  // namespace mta::test
