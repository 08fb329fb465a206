#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

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
    const Print print = print_of(text);
    Entry& entry = entries_[slot(print)];
    if (!holds(entry, print, text)) entry = {print, dictionary_->intern(text)};
    return entry.code;
  }

  /// The code of a text, or `unknown`: nothing is interned.
  std::uint32_t find(std::string_view text) noexcept {
    if (text.empty()) return Dictionary::empty_code;
    const Print print = print_of(text);
    Entry& entry = entries_[slot(print)];
    if (holds(entry, print, text)) return entry.code;
    const std::uint32_t code = dictionary_->find(text);
    if (code != unknown) entry = {print, code};
    return code;
  }

 private:
  /// Tells texts of up to 16 bytes apart for certain, longer ones nearly always.
  struct Print {
    std::uint64_t head = 0, tail = 0;
    std::size_t size = 0;
    friend bool operator==(const Print&, const Print&) = default;
  };
  struct Entry {
    Print print;  // of size 0 where free: empty texts never come here
    std::uint32_t code = 0;
  };

  template <typename Word>
  static std::uint64_t load(const char* at) noexcept {
    Word word;
    std::memcpy(&word, at, sizeof word);
    return word;
  }

  static Print print_of(std::string_view text) noexcept {
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    if (text.size() >= 8)
      return {load<std::uint64_t>(begin), load<std::uint64_t>(end - 8), text.size()};
    if (text.size() >= 4)
      return {load<std::uint32_t>(begin), load<std::uint32_t>(end - 4), text.size()};
    const char* const middle = begin + text.size() / 2;
    return {load<std::uint8_t>(begin),
            load<std::uint8_t>(middle) << 8 | load<std::uint8_t>(end - 1), text.size()};
  }

  static std::size_t slot(const Print& print) noexcept {
    const std::uint64_t mixed =
        (print.head ^ std::rotl(print.tail, 29) ^ print.size) * 0x9e3779b97f4a7c15u;
    return static_cast<std::size_t>(mixed >> 56);
  }

  [[nodiscard]] bool holds(const Entry& entry, const Print& print,
                           std::string_view text) const noexcept {
    if (!(entry.print == print)) return false;
    return text.size() <= 16 || dictionary_->text(entry.code) == text;
  }

  Dictionary* dictionary_;
  std::array<Entry, 256> entries_{};
};

}  // namespace mta
