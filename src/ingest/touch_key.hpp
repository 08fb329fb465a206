#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mta/core/hash.hpp"
#include "mta/ingest/channel_rules.hpp"

namespace mta {

/// All of a row that its rules can tell rows apart by, in few bytes: the texts of its columns, the
/// hosts of its URLs, and those parameters that matter. Rows of one key are judged alike.
class TouchKey {
 public:
  explicit TouchKey(const ChannelRules& rules);
  /// The key of a row, valid until the next call.
  [[nodiscard]] std::string_view of(const TouchTexts& texts,
                                    std::span<const std::string_view> columns);

 private:
  enum class Use : std::uint8_t { value, presence };
  struct Parameter {
    std::string name;  // in lower case
    Use use;
  };
  void begin(const TouchTexts& texts, std::span<const std::string_view> columns);
  void add(std::string_view text) noexcept;
  void add_landing(std::string_view url);
  void add_parameter(std::string_view name, std::string_view value);

  std::vector<std::vector<Parameter>> parameters_;  // by length of the name
  bool uses_path_ = false;
  std::vector<char> room_;
  char* at_ = nullptr;  // where the key goes on
};

/// Judges rows, each distinct one once as a rule: what was judged is kept, up to a bound. One a
/// thread.
///
///   Memory  about `most_bytes` of keys and answers; beyond, all are forgotten and begin anew
class ChannelJudge {
 public:
  static constexpr std::size_t most_bytes = std::size_t{16} << 20;

  explicit ChannelJudge(const ChannelRules& rules) : rules_(rules), key_(rules) {}
  /// Valid until the next call. @pre as ChannelRules::judge
  [[nodiscard]] const JudgedTouch& judge(const TouchTexts& texts,
                                         std::span<const std::string_view> columns);
  /// How often the rules were asked.
  [[nodiscard]] std::size_t judged() const noexcept { return judged_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return hash64(text); }
  };

  ChannelRules rules_;
  TouchKey key_;
  std::unordered_map<std::string, JudgedTouch, Hash, std::equal_to<>> known_;
  std::size_t bytes_ = 0, judged_ = 0;
};

}  // namespace mta
