#include "ingest/column_readers.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "ingest/text_check.hpp"
#include "ingest/time_text.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

// 0000-01-01T00:00:00Z and 10000-01-01T00:00:00Z.
constexpr std::int64_t first_time = -62'167'219'200LL * 1'000'000;
constexpr std::int64_t end_of_time = 253'402'300'800LL * 1'000'000;

}  // namespace

LabelReader::LabelReader(const LabelColumn& column, Dictionary& dictionary, Blanks blanks)
    : cache_(dictionary), blanks_(blanks) {
  if (const auto* texts = std::get_if<TextColumn>(&column)) texts_ = *texts;
  if (const auto* coded = std::get_if<CodedColumn>(&column)) {
    codes_ = coded->codes;
    names_ = coded->names;
    known_.assign(names_.size(), unseen);
  }
}

std::uint32_t LabelReader::look_at(std::uint32_t code) {
  return known_[code] = intern(names_[code]);
}

std::uint32_t LabelReader::intern(std::string_view text) {
  const std::uint32_t code = cache_.find(text);
  if (code != LabelCache::unknown) return code;
  if (!is_valid_text(text)) return invalid;
  if (blanks_ == Blanks::are_empty && is_blank_text(text)) return Dictionary::empty_code;
  return cache_.code(text);
}

TimeReader::TimeReader(const TimeColumn& column, const Schema& schema)
    : parser_(schema.time_format, schema.time_zone) {
  if (const auto* texts = std::get_if<TextColumn>(&column)) texts_ = *texts;
  if (const auto* epochs = std::get_if<EpochColumn>(&column)) {
    epochs_ = epochs->values;
    if (epochs->unit == EpochColumn::Unit::seconds) scale_ = 1'000'000;
    if (epochs->unit == EpochColumn::Unit::milliseconds) scale_ = 1'000;
    first_ = first_time / scale_;
    end_ = end_of_time / scale_;
  }
}

bool TimeReader::read_text(std::string_view text, std::int64_t& micros) {
  TimePoint time;
  const bool is_time = parser_.read(text, time);
  micros = time.micros;
  return is_time;
}

bool has_codes_in_range(const LabelColumn& column, std::size_t first, std::size_t rows) noexcept {
  const auto* const coded = std::get_if<CodedColumn>(&column);
  if (coded == nullptr || coded->codes.empty()) return true;
  if (coded->names.size() > std::numeric_limits<std::uint32_t>::max()) return true;
  const auto names = static_cast<std::uint32_t>(coded->names.size());
  std::uint32_t beyond = 0;
  for (const std::uint32_t code : coded->codes.subspan(first, rows))
    beyond |= code >= names ? 1 : 0;
  return beyond == 0;
}

void check_codes(const LabelColumn& column, std::string_view role) {
  const auto* const coded = std::get_if<CodedColumn>(&column);
  if (coded == nullptr || coded->codes.empty()) return;
  std::uint32_t largest = 0;
  for (const std::uint32_t code : coded->codes) largest = std::max(largest, code);
  if (largest < coded->names.size()) return;
  throw Error(Errc::invalid_option, "column " + std::string(role) + ": a code must be below " +
                                        std::to_string(coded->names.size()) +
                                        ", the number of names, got " + std::to_string(largest));
}

std::size_t length_of(const LabelColumn& column) noexcept {
  if (const auto* texts = std::get_if<TextColumn>(&column)) return texts->size();
  if (const auto* coded = std::get_if<CodedColumn>(&column)) return coded->codes.size();
  return 0;
}

std::string_view text_of(const LabelColumn& column, std::size_t row) noexcept {
  if (const auto* texts = std::get_if<TextColumn>(&column)) return (*texts)[row];
  if (const auto* coded = std::get_if<CodedColumn>(&column)) return coded->names[coded->codes[row]];
  return {};
}

}  // namespace mta
