#include "ingest/judged_columns.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include "ingest/column_readers.hpp"
#include "ingest/made_columns.hpp"
#include "ingest/text_check.hpp"
#include "ingest/time_text.hpp"
#include "ingest/touch_key.hpp"
#include "mta/core/workers.hpp"

namespace mta {
namespace {

// No text at all: the channel of a row with a text that is no UTF-8, so that the row is rejected.
constexpr std::string_view no_text = "\xff";

std::size_t rows_of(const KeyColumn& column) noexcept {
  return std::visit([](const auto& span) { return span.size(); }, column);
}

std::string_view row_text(const LabelColumn& column, std::size_t row) noexcept {
  return length_of(column) == 0 ? std::string_view{} : text_of(column, row);
}

}  // namespace

/// What one thread has made: names of its own, since threads share none.
struct JudgedColumns::Worker {
  Worker(const ChannelRules& rules, std::size_t made) : judge(rules), names(made) {}
  ChannelJudge judge;
  std::vector<Dictionary> names;
  std::vector<std::string_view> texts = {};
};

JudgedColumns::JudgedColumns(const Columns& columns, const Schema& schema,
                             const EventLayout& layout, const AppendOptions& options)
    : given_(columns), schema_(schema), judged_(columns) {
  made_.push_back({});
  for (std::size_t d = 0; d < layout.dimensions.size(); ++d) {
    const auto derived = derived_dimension(layout.dimensions[d]);
    if (derived && length_of(columns.dimensions[d]) == 0) made_.push_back({derived, d});
  }
  const std::size_t rows = rows_of(columns.visitor);
  for (Made& each : made_) each.codes.resize(rows);
  const std::size_t threads = std::max<std::size_t>(std::min(options.threads, rows), 1);
  std::vector<std::unique_ptr<Worker>> workers;
  for (std::size_t w = 0; w < threads; ++w) {
    workers.push_back(std::make_unique<Worker>(schema.channel_rules, made_.size()));
  }
  const auto begin = [&](std::size_t w) {
    return rows / threads * w + std::min(w, rows % threads);
  };
  run_tasks(
      threads, threads,
      [&](std::size_t, std::size_t w) { judge(begin(w), begin(w + 1), *workers[w]); },
      options.stop);
  for (std::size_t w = 0; w < threads; ++w) take(begin(w), begin(w + 1), *workers[w]);
  judged_.channel = CodedColumn{made_[0].codes, made_[0].names.texts()};
  for (std::size_t i = 1; i < made_.size(); ++i) {
    judged_.dimensions[made_[i].place] = CodedColumn{made_[i].codes, made_[i].names.texts()};
  }
}

void JudgedColumns::judge(std::size_t first, std::size_t end, Worker& worker) {
  const TouchLabels& touch = given_.touch;
  const std::array<const LabelColumn*, 7> columns = {
      &touch.source, &touch.medium,      &touch.campaign, &touch.content,
      &touch.term,   &touch.landing_url, &touch.referrer};
  const std::size_t ruled = given_.rule_columns.size();
  worker.texts.resize(columns.size() + ruled);
  std::vector<std::string_view>& texts = worker.texts;
  for (std::size_t row = first; row < end; ++row) {
    for (std::size_t i = 0; i < columns.size(); ++i) texts[i] = row_text(*columns[i], row);
    for (std::size_t i = 0; i < ruled; ++i) {
      texts[columns.size() + i] = row_text(given_.rule_columns[i], row);
    }
    const JudgedTouch& judged =
        worker.judge.judge({texts[0], texts[1], texts[2], texts[3], texts[4], texts[5], texts[6]},
                           std::span(texts).subspan(columns.size()));
    const std::string_view given = row_text(given_.channel, row);
    std::string_view channel = is_blank_text(given) ? std::string_view(judged.channel) : given;
    if (!std::all_of(texts.begin(), texts.end(), is_valid_text)) channel = no_text;
    made_[0].codes[row] = worker.names[0].intern(channel);
    for (std::size_t i = 1; i < made_.size(); ++i) {
      made_[i].codes[row] =
          worker.names[i].intern(derived_text(judged.source, *made_[i].dimension));
    }
  }
}

/// Gives the names of one thread codes that are everybody's.
void JudgedColumns::take(std::size_t first, std::size_t end, const Worker& worker) {
  for (std::size_t i = 0; i < made_.size(); ++i) {
    std::vector<std::uint32_t> codes;
    for (const std::string_view name : worker.names[i].texts()) {
      codes.push_back(made_[i].names.intern(name));
    }
    for (std::size_t row = first; row < end; ++row) {
      made_[i].codes[row] = codes[made_[i].codes[row]];
    }
  }
}

}  // namespace mta
