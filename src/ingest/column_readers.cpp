#include "ingest/column_readers.hpp"

#include <algorithm>
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

LabelReader::LabelReader(const LabelColumn& column, Dictionary& dictionary, std::string_view role,
                         Blanks blanks)
    : cache_(dictionary), blanks_(blanks) {
  if (const auto* texts = std::get_if<TextColumn>(&column)) texts_ = *texts;
  if (const auto* coded = std::get_if<CodedColumn>(&column)) {
    coded_ = *coded;
    known_.assign(coded->names.size(), unseen);
    const auto largest = std::max_element(coded->codes.begin(), coded->codes.end());
    if (largest != coded->codes.end() && *largest >= known_.size()) {
      throw Error(Errc::invalid_option, "column " + std::string(role) + ": a code must be below " +
                                            std::to_string(known_.size()) +
                                            ", the number of names, got " +
                                            std::to_string(*largest));
    }
  }
}

std::optional<std::uint32_t> LabelReader::code(std::size_t row) {
  if (!coded_) return texts_.empty() ? Dictionary::empty_code : intern(texts_[row]);
  std::uint32_t& known = known_[coded_->codes[row]];
  if (known == unseen) known = intern(coded_->names[coded_->codes[row]]).value_or(invalid);
  return known == invalid ? std::nullopt : std::optional(known);
}

std::optional<std::uint32_t> LabelReader::intern(std::string_view text) {
  const std::uint32_t code = cache_.find(text);
  if (code != LabelCache::unknown) return code;
  if (!is_valid_text(text)) return std::nullopt;
  if (blanks_ == Blanks::are_empty && is_blank_text(text)) return Dictionary::empty_code;
  return cache_.code(text);
}

TimeReader::TimeReader(const TimeColumn& column, const Schema& schema)
    : parser_(schema.time_format, schema.time_zone) {
  if (const auto* texts = std::get_if<TextColumn>(&column)) texts_ = *texts;
  if (const auto* epochs = std::get_if<EpochColumn>(&column)) {
    epochs_ = *epochs;
    if (epochs->unit == EpochColumn::Unit::seconds) scale_ = 1'000'000;
    if (epochs->unit == EpochColumn::Unit::milliseconds) scale_ = 1'000;
  }
}

std::optional<TimePoint> TimeReader::time(std::size_t row) {
  if (!epochs_) return parser_.parse(texts_[row]);
  const std::int64_t value = epochs_->values[row];
  if (value < first_time / scale_ || value >= end_of_time / scale_) return std::nullopt;
  return TimePoint{value * scale_};
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
