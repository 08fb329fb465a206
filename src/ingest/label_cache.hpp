#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

#include "ingest/label_print.hpp"
#include "mta/core/dictionary.hpp"

namespace mta {

/// A small direct-mapped cache before a dictionary: labels repeat from row to row, and the first
/// and last eight bytes of a text nearly always tell which it is.
class LabelCache {
 public:
  static constexpr std::uint32_t unknown = ~std::uint32_t{0};

  explicit LabelCache(Dictionary& dictionary) noexcept : dictionary_(&dictionary) {}

  /// The code of a text, interned if it is new.
  std::uint32_t code(std::string_view text) {
    if (text.empty()) return Dictionary::empty_code;
    const LabelPrint print(text);
    Entry& entry = entries_[slot(print)];
    if (!holds(entry, print, text)) entry = {print, dictionary_->intern(text)};
    return entry.code;
  }

  /// The code of a text, or `unknown`: nothing is interned.
  std::uint32_t find(std::string_view text) noexcept {
    if (text.empty()) return Dictionary::empty_code;
    const LabelPrint print(text);
    Entry& entry = entries_[slot(print)];
    if (holds(entry, print, text)) return entry.code;
    const std::uint32_t code = dictionary_->find(text);
    if (code != unknown) entry = {print, code};
    return code;
  }

 private:
  struct Entry {
    LabelPrint print;  // of size 0 where free: empty texts never come here
    std::uint32_t code = 0;
  };

  static std::size_t slot(const LabelPrint& print) noexcept {
    const std::uint64_t mixed =
        (print.head ^ std::rotl(print.tail, 29) ^ print.size) * 0x9e3779b97f4a7c15u;
    return static_cast<std::size_t>(mixed >> 56);
  }

  [[nodiscard]] bool holds(const Entry& entry, const LabelPrint& print,
                           std::string_view text) const noexcept {
    if (!(entry.print == print)) return false;
    return print.is_whole() || dictionary_->text(entry.code) == text;
  }

  Dictionary* dictionary_;
  std::array<Entry, 256> entries_{};
};

}  // namespace mta
