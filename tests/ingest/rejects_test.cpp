#include <atomic>
#include <tuple>

#include "event_rows.hpp"
#include "support/gzip_bytes.hpp"

namespace mta {
namespace {

using test::error_of;
using test::read_csv;
using test::read_text;
using testing::ElementsAre;
using testing::HasSubstr;

using Reject = std::tuple<std::uint64_t, RejectReason, std::string>;  // line, reason, row

struct Outcome {
  std::vector<Reject> rejects;
  IngestReport report;
};

Outcome outcome(std::string_view text, SourceFormat format, ReadOptions options) {
  Outcome result;
  options.rejects = [&](std::string_view source, std::uint64_t line, RejectReason reason,
                        std::string_view row) {
    EXPECT_EQ(source, "input");
    result.rejects.emplace_back(line, reason, row);
  };
  const Schema schema = {.conversion_events = {"sale"}};
  result.report = read_text(text, format, schema, options).report;
  EXPECT_EQ(result.report.rows, result.report.events + result.report.rejected());
  EXPECT_EQ(result.report.rejected(), result.rejects.size());
  return result;
}

struct RejectCase {
  std::string name, text;
  std::uint64_t events;
  std::vector<Reject> rejects;
};

using enum RejectReason;

const RejectCase csv_cases[] = {
    {"too_wide", "a,0,c,email,1,2\na,0,c,x,1\n", 1, {{2, wrong_width, "a,0,c,email,1,2"}}},
    {"too_narrow", "a,0,c\na,0,c,x\n", 0, {{2, wrong_width, "a,0,c"}, {3, wrong_width, "a,0,c,x"}}},
    {"no_visitor",
     ",0,c,x,\r\n  ,0,c,x,\n",
     0,
     {{2, empty_visitor, ",0,c,x,"}, {3, empty_visitor, "  ,0,c,x,"}}},
    {"bad_time",
     "a,,c,x,\na,2024-02-30,c,x,\na,1,c,x,\n",
     1,
     {{2, invalid_time, "a,,c,x,"}, {3, invalid_time, "a,2024-02-30,c,x,"}}},
    {"bad_values_on_conversions_only",
     "a,0,c,x,abc\na,0,sale,x,abc\na,0,sale,x,nan\na,0,sale,x,1e300\na,0,sale,x,-Inf\n"
     "a,0,sale,x, \na,0,sale,x,-5\n",
     3,
     {{3, invalid_value, "a,0,sale,x,abc"},
      {4, value_not_finite, "a,0,sale,x,nan"},
      {5, value_overflow, "a,0,sale,x,1e300"},
      {6, value_not_finite, "a,0,sale,x,-Inf"}}},
    {"the_first_reason_counts", ",bad,sale,x,bad\n", 0, {{2, empty_visitor, ",bad,sale,x,bad"}}},
    {"text_after_a_quote",
     "a,0,c,\"x\"y,\na,0,c,\"x\" ,\na,0,c,x,\n",
     1,
     {{2, malformed_row, "a,0,c,\"x\"y,"}, {3, malformed_row, "a,0,c,\"x\" ,"}}},
    {"text_after_a_quote_hides_no_later_quotes",
     "a,0,\"c\"y,\"x\nz\",\na,0,c,x,\n",
     1,
     {{2, malformed_row, "a,0,\"c\"y,\"x\nz\","}}},
    {"a_quote_that_never_closes",
     "a,0,c,x,\na,0,c,\"x,\nb,0,c,x,\n\nc,0,c,x,\n",
     1,
     {{3, malformed_row, "a,0,c,\"x,\nb,0,c,x,\n\nc,0,c,x,"}}},
    {"lines_inside_quotes_and_blank_lines_are_counted",
     "a,0,c,\"x\n\ny\",\n\n\n,0,c,x,\n\"a\n\",bad,c,x,\n\nbad\n",
     1,
     {{7, empty_visitor, ",0,c,x,"},
      {8, invalid_time, "\"a\n\",bad,c,x,"},
      {11, wrong_width, "bad"}}},
    {"broken_utf8_in_mapped_fields",
     "a\xff,0,c,x,\na,0,c,\xc3,\na,0,c,x,\n",
     1,
     {{2, invalid_utf8, "a\xff,0,c,x,"}, {3, invalid_utf8, "a,0,c,\xc3,"}}},
    {"the_last_row_without_a_newline", "a,0,c,x,\n,0,c,x,", 1, {{3, empty_visitor, ",0,c,x,"}}},
};

class CsvRejects : public testing::TestWithParam<RejectCase> {};

TEST_P(CsvRejects, AreCountedWithTheirLineForAnyBlocksAndThreads) {
  const std::string text = "visitor,ts,type,channel,value\n" + GetParam().text;
  for (const std::size_t block : {16u, 33u, 64u, 4'096u}) {
    for (const std::size_t threads : {1u, 2u, 5u}) {
      const Outcome result = outcome(text, SourceFormat::csv, {.threads = threads, .block = block});
      EXPECT_EQ(result.rejects, GetParam().rejects) << block << ' ' << threads;
      EXPECT_EQ(result.report.events, GetParam().events) << block << ' ' << threads;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Table, CsvRejects, testing::ValuesIn(csv_cases),
                         [](const auto& test) { return test.param.name; });

TEST(Rejects, BrokenUtf8ElsewhereDoesNotMatter) {
  const Outcome result =
      outcome("visitor,ts,type,channel,note\na,0,c,x,\xff\xff\n", SourceFormat::csv, {});
  EXPECT_EQ(result.report.events, 1u);
}

TEST(Rejects, ANulIsNoText) {
  using namespace std::string_literals;
  const Outcome result =
      outcome("visitor,ts,type,channel\na\0b,0,c,x\na,0,c,x\n"s, SourceFormat::csv, {});
  EXPECT_THAT(result.rejects, ElementsAre(Reject{2, invalid_utf8, "a\0b,0,c,x"s}));
}

TEST(Rejects, TheFirstTwentyAreKeptAsExamples) {
  std::string text = "visitor,ts,type,channel\n";
  for (int i = 0; i < 100; ++i) {
    text += "a,0,c,x\n,0,c," + std::string(300, 'x') + std::to_string(i) + "\n";
  }
  for (const std::size_t threads : {1u, 3u}) {
    const Outcome result = outcome(text, SourceFormat::csv, {.threads = threads, .block = 1'000});
    ASSERT_EQ(result.report.examples.size(), 20u);
    EXPECT_EQ(result.report.rejected_by_reason[static_cast<std::size_t>(empty_visitor)], 100u);
    for (std::size_t i = 0; i < 20; ++i) {
      EXPECT_EQ(result.report.examples[i].line, 3 + 2 * i);
      EXPECT_EQ(result.report.examples[i].source, "input");
      EXPECT_EQ(result.report.examples[i].reason, empty_visitor);
      EXPECT_EQ(result.report.examples[i].row, ",0,c," + std::string(195, 'x'));
    }
  }
}

// A row of exactly the longest length, one byte more, and far more; LF and CRLF.
TEST(Rejects, RowsThatAreTooLongAreLeftOut) {
  const std::size_t longest = 1'024;
  const std::string prefix = "a,0,c,";
  const auto row = [&](std::size_t size) {
    return prefix + std::string(size - prefix.size(), 'x');
  };
  for (const char* const end : {"\n", "\r\n"}) {
    std::string text = "visitor,ts,type,channel\n";
    for (const std::size_t size : {longest, longest + 1, longest + 2, 10 * longest, longest - 1}) {
      text += row(size) + end;
    }
    text += prefix + '"' + std::string(3'000, '\n') + '"' + end + ",0,c,x" + end;
    text += row(50 * longest);
    for (const std::size_t block : {16u, 100u, 1'024u, 1'025u, 4'096u, 1u << 20}) {
      for (const std::size_t threads : {1u, 3u}) {
        const Outcome result = outcome(
            text, SourceFormat::csv, {.threads = threads, .longest_row = longest, .block = block});
        EXPECT_EQ(result.report.events, 2u) << block;
        EXPECT_THAT(result.rejects,
                    ElementsAre(Reject{3, row_too_long, row(longest)},
                                Reject{4, row_too_long, row(longest)},
                                Reject{5, row_too_long, row(longest)},
                                Reject{7, row_too_long, prefix + '"' + std::string(1'017, '\n')},
                                Reject{3'008, empty_visitor, ",0,c,x"},
                                Reject{3'009, row_too_long, row(longest)}))
            << block;
      }
    }
  }
}

TEST(Rejects, ALongUnclosedQuoteIsOneReject) {
  std::string text = "visitor,ts,type,channel\na,0,c,x\na,0,c,\"x\n";
  for (int i = 0; i < 1'000; ++i) text += "a,0,c,x\n";
  for (const std::size_t block : {16u, 1u << 20}) {
    const Outcome result = outcome(text, SourceFormat::csv, {.longest_row = 1'024, .block = block});
    EXPECT_EQ(result.report.rows, 2u);
    ASSERT_EQ(result.rejects.size(), 1u);
    EXPECT_EQ(std::get<0>(result.rejects[0]), 3u);
    EXPECT_EQ(std::get<1>(result.rejects[0]), row_too_long);
    EXPECT_EQ(std::get<2>(result.rejects[0]).size(), 1'024u);
  }
}

TEST(Rejects, AHundredMegabytesWithoutANewlineAreOneReject) {
  const std::string text =
      "visitor,ts,type,channel\na,0,c,x\n" + std::string(100'000'000, 'x') + "\na,0,c,x\n";
  const Outcome result = outcome(text, SourceFormat::csv, {});
  EXPECT_EQ(result.report.events, 2u);
  EXPECT_EQ(result.report.rejected_by_reason[static_cast<std::size_t>(row_too_long)], 1u);
}

/// `good` rows, then `bad` ones, then `good` again.
std::string with_bad_rows(int before, int bad, int after) {
  std::string text = "visitor,ts,type,channel\n";
  for (int i = 0; i < before; ++i) text += "a,0,c,x\n";
  for (int i = 0; i < bad; ++i) text += "a,never,c,x\n";
  for (int i = 0; i < after; ++i) text += "a,0,c,x\n";
  return text;
}

TEST(Rejects, TooManyAreAnErrorThatDoesNotDependOnBlocks) {
  struct Case {
    int before, bad, after;
    std::string message;  // empty: no error
  };
  const Case cases[] = {
      {950, 51, 9'000, "51 of the first 1001 rows"},  // 5.09 % there, though 0.5 % in the end
      {950, 50, 9'000, ""},                           // 5.0 % at row 1,000: not more
      {949, 51, 9'000, "51 of the first 1000 rows"},
      {0, 60, 5'000, "60 of the first 1000 rows"},  // 100 % at first: looked at from 1,000 on
      {10, 5, 20, "5 of the first 35 rows"},        // a short input: at its end
      {100, 5, 0, ""},
      {0, 0, 0, ""},
  };
  for (const Case& c : cases) {
    const std::string text = with_bad_rows(c.before, c.bad, c.after);
    for (const std::size_t block : {64u, 1'000u, 1u << 20}) {
      for (const std::size_t threads : {1u, 4u}) {
        const ReadOptions options = {
            .threads = threads, .block = block, .largest_rejected_share = 0.05};
        const std::string message =
            error_of(Errc::too_many_rejects, [&] { (void)read_csv(text, {}, options); });
        if (c.message.empty()) {
          EXPECT_EQ(message, "(no error)") << c.before << ' ' << c.bad << ' ' << block;
        } else {
          EXPECT_THAT(message, HasSubstr("input: " + c.message)) << block;
          EXPECT_THAT(message,
                      HasSubstr("line " + std::to_string(c.before + 2) + ": invalid_time"));
        }
      }
    }
  }
}

TEST(Rejects, ASinkThatThrowsIsNotCalledAgain) {
  struct Full {};
  const std::string text = with_bad_rows(0, 200, 0);
  for (int i = 0; i < 300; ++i) {  // other workers are just about to book
    std::atomic<int> calls{0};
    ReadOptions options = {.threads = 4, .block = 64};
    options.rejects = [&](std::string_view, std::uint64_t, RejectReason, std::string_view) {
      ++calls;
      throw Full();
    };
    EXPECT_THROW((void)read_csv(text, {}, options), Full);
    ASSERT_EQ(calls, 1);
  }
}

/// Gzip of a MiB, which is handed on before the missing end is found out: good rows, `bad` ones up
/// to the 1,000th, and more than a block of good ones.
std::string truncated_after(int bad) {
  constexpr std::size_t handed_on = std::size_t{1} << 20;
  const std::string rows = with_bad_rows(0, bad, 260);
  const std::size_t head = rows.find('\n') + 1;
  std::string text = rows.substr(0, head);
  for (std::size_t left = static_cast<std::size_t>(1'000 - bad); left != 0; --left) {
    const std::size_t room = handed_on - text.size() - (rows.size() - head);
    const std::string_view start = "a,0,c,";
    text.append(start).append(room / left - start.size() - 1, 'x') += '\n';
  }
  std::string packed = test::gzipped(text + rows.substr(head));
  packed.pop_back();
  return packed;
}

TEST(Rejects, TheFirstErrorInTheInputIsTheOneReported) {
  const std::string too_many = truncated_after(60), few = truncated_after(40);
  for (int i = 0; i < 50; ++i) {  // other workers read on meanwhile
    for (const std::size_t threads : {1u, 4u}) {
      const ReadOptions options = {
          .threads = threads, .block = 2'048, .largest_rejected_share = 0.05};
      ASSERT_THAT(error_of(Errc::too_many_rejects, [&] { (void)read_csv(too_many, {}, options); }),
                  HasSubstr("60 of the first 1000 rows"));
      ASSERT_THAT(error_of(Errc::unreadable_input, [&] { (void)read_csv(few, {}, options); }),
                  HasSubstr("gzip stream ends early"));
    }
  }
}

TEST(Rejects, AThrowingSinkEndsTheRead) {
  struct Full {};
  ReadOptions options = {.threads = 4, .block = 64};
  options.rejects = [](std::string_view, std::uint64_t, RejectReason, std::string_view) {
    throw Full();
  };
  EXPECT_THROW((void)read_csv(with_bad_rows(1'000, 10, 1'000), {}, options), Full);
}

}  // namespace
}  // namespace mta
