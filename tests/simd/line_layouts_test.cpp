#include "simd/line_layouts.hpp"

#include <random>
#include <string>

#include "simd/forced_targets.hpp"
#include "simd/line_index.hpp"

namespace mta::test {
namespace {

using simd::LineLayouts;

/// Lines of one form: [a "b" c "d"] newline; the bytes in quotes vary, and are written to offsets 0
/// and 100; offset 50 is of what no line has.
class Text {
 public:
  void add(std::string_view a, std::string_view b, std::string_view c, std::string_view d) {
    const auto begin = static_cast<std::uint32_t>(text_.size());
    const auto place = [&](std::size_t at, std::size_t size) {
      return LineLayouts::Place{static_cast<std::uint32_t>(at),
                                static_cast<std::uint32_t>(at + size + 1)};
    };
    text_.append(a).append("\"");
    const LineLayouts::Place first = place(text_.size() - begin, b.size());
    text_.append(b).append("\"").append(c).append("\"");
    const LineLayouts::Place second = place(text_.size() - begin, d.size());
    text_.append(d).append("\"\n");
    lines_.push_back({begin, {first, second}});
    behind_.push_back(static_cast<std::uint32_t>(text_.size()));
  }
  void index() {
    const std::size_t size = text_.size();
    text_.append(LineLayouts::padding, '"');
    index_.build({text_.data(), size});
  }
  [[nodiscard]] std::size_t size() const { return lines_.size(); }
  [[nodiscard]] LineLayouts::Lines lines(std::size_t first) const {
    return {text_.data(), &index_.stops(), lines_[first].begin, std::span(behind_).subspan(first)};
  }
  void learn(LineLayouts& layouts, std::size_t line) const {
    const auto& [first, second] = lines_[line].places;
    const LineLayouts::Value values[] = {{0, first}, {100, second}};
    const std::uint32_t absent[] = {50};
    layouts.learn(lines(line), {lines_[line].places, values, absent});
  }
  /// What is to be written for a line.
  [[nodiscard]] std::array<LineLayouts::Place, 2> places(std::size_t line) const {
    std::array<LineLayouts::Place, 2> places = lines_[line].places;
    for (LineLayouts::Place& place : places) {
      place.begin += lines_[line].begin;
      place.behind += lines_[line].begin;
    }
    return places;
  }

 private:
  struct Line {
    std::uint32_t begin;
    std::array<LineLayouts::Place, 2> places;
  };
  std::string text_;
  std::vector<Line> lines_;
  std::vector<std::uint32_t> behind_;
  simd::LineIndex index_;
};

class Layouts : public OnEveryTarget {
 protected:
  /// Reads from a line on; checks what was written for each line that was read, and that nothing
  /// was for others.
  std::size_t read(const Text& text, std::size_t first) {
    constexpr std::uint32_t untouched = 77;
    std::vector<std::uint32_t> places(2 * text.size() + 200, untouched);
    const std::size_t read = layouts_.read(text.lines(first), places.data());
    std::vector<std::uint32_t> expected(places.size(), untouched);
    for (std::size_t i = 0; i < read; ++i) {
      const auto put = [&](std::size_t offset, LineLayouts::Place place) {
        expected[2 * i + offset] = place.begin;
        expected[2 * i + offset + 1] = place.behind;
      };
      put(0, text.places(first + i)[0]);
      put(50, LineLayouts::nowhere);
      put(100, text.places(first + i)[1]);
    }
    EXPECT_EQ(places, expected);
    return read;
  }

  LineLayouts layouts_;
};

TEST_P(Layouts, ReadLinesOfAnyLengthThatDifferInTheirValuesAlone) {
  for (std::size_t size = 0; size <= LineLayouts::longest_line; ++size) {
    Text text;
    text.add("{", std::string(size / 3, 'x'), ":", std::string(size - size / 3, 'y'));
    text.add("{", std::string(size / 3, 'z'), ":", std::string(size - size / 3, '\x7f'));
    text.add("{", std::string(size / 3, 'z'), ";", std::string(size - size / 3, 'y'));
    text.add("[", std::string(size / 3, 'z'), ":", std::string(size - size / 3, 'y'));
    text.add("{", std::string(size / 3 + 1, 'z'), ":", std::string(size - size / 3, 'y'));
    text.index();
    EXPECT_EQ(read(text, 0), 0u) << "nothing is known yet";
    text.learn(layouts_, 0);
    const bool is_short = size + 7 <= LineLayouts::longest_line;
    EXPECT_EQ(read(text, 0), is_short ? 2u : 0u) << size;
    for (std::size_t line = 2; line < 5; ++line) EXPECT_EQ(read(text, line), 0u) << size;
  }
}

TEST_P(Layouts, AreTakenDownOfManyFormsAtAnyPlace) {
  std::mt19937_64 random(5);
  std::size_t read_at_once = 0;
  for (int round = 0; round < 40; ++round) {
    Text text;
    for (int i = 0; i < 100; ++i) {
      const std::string a(1 + random() % 3, 'a'), c(1 + random() % 2 * 70, 'c');
      text.add(a, std::string(random() % 4, 'b'), c, std::string(16 * (random() % 2), 'd'));
    }
    text.index();
    for (std::size_t line = 0; line < text.size();) {
      const std::size_t known = read(text, line);
      read_at_once = std::max(read_at_once, known);
      line += known;
      if (line == text.size()) break;
      text.learn(layouts_, line);
      ASSERT_GT(read(text, line), 0u) << "it is known by now";
      ++line;
    }
  }
  EXPECT_GT(read_at_once, 20u);
}

TEST_P(Layouts, ALineWithMoreThanFitsIsLetBe) {
  Text text;
  text.add("a", "b", "c", "d");
  text.index();
  const std::vector<LineLayouts::Value> values(LineLayouts::most_values + 1,
                                               {0, LineLayouts::nowhere});
  const std::vector<std::uint32_t> absent(LineLayouts::most_absent + 1, 50);
  layouts_.learn(text.lines(0), {{}, values, {}});
  layouts_.learn(text.lines(0), {{}, {}, absent});
  EXPECT_EQ(read(text, 0), 0u);
}

MTA_ON_EVERY_TARGET(Layouts);

}  // namespace
}  // namespace mta::test
