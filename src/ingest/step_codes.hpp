#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ingest/path_steps.hpp"
#include "ingest/time_text.hpp"
#include "mta/core/dictionary.hpp"

namespace mta {

/// A table before a dictionary, for the steps of paths, blanks and all: unlike in LabelCache no two
/// of them take turns in one place, since a path has many. What finds no place is asked of the
/// dictionary.
class StepCodes {
 public:
  explicit StepCodes(Dictionary& dictionary) : dictionary_(&dictionary), entries_(places) {}

  /// The code of a step without the blanks around it, interned if it is new; Dictionary::empty_code
  /// where nothing is left.
  std::uint32_t code(const StepText& step) {
    if (step.text.empty()) return Dictionary::empty_code;
    std::size_t place = first_place(step);
    for (std::size_t tried = 0; tried < most_tries; ++tried, place = (place + 1) % places) {
      Entry& entry = entries_[place];
      if (holds(entry, step)) return entry.code;
      if (entry.size == 0) {
        entry = {step.head, step.tail, step.text.size(), intern(step)};
        return entry.code;
      }
    }
    return intern(step);
  }

 private:
  static constexpr std::size_t places = 4'096, most_tries = 8;

  struct Entry {
    std::uint64_t head = 0, tail = 0;
    std::size_t size = 0;  // 0 where free
    std::uint32_t code = 0;
  };

  static std::size_t first_place(const StepText& step) noexcept {
    const std::uint64_t mixed =
        (step.head ^ std::rotl(step.tail, 29) ^ step.text.size()) * 0x9e3779b97f4a7c15u;
    return static_cast<std::size_t>(mixed >> (64 - std::countr_zero(places)));
  }

  /// Steps of up to 16 bytes are told apart by their words, longer ones nearly always.
  [[nodiscard]] bool holds(const Entry& entry, const StepText& step) const noexcept {
    const std::size_t size = step.text.size();
    if (((entry.head ^ step.head) | (entry.tail ^ step.tail) | (entry.size ^ size)) != 0) {
      return false;
    }
    return size <= 16 || dictionary_->text(entry.code) == trim_blanks(step.text);
  }

  std::uint32_t intern(const StepText& step) { return dictionary_->intern(trim_blanks(step.text)); }

  Dictionary* dictionary_;
  std::vector<Entry> entries_;
};

}  // namespace mta
