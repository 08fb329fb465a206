#pragma once
// Reading a JSON object field by field, so that every complaint names its place and no key is
// overlooked.
#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace mta {

[[noreturn]] void refuse_spec(const std::string& place, const std::string& rule,
                              const nlohmann::json& given);

class JsonFields {
 public:
  /// @throws Error{Errc::invalid_spec} where `object` is none
  JsonFields(std::string place, const nlohmann::json& object);

  /// The value of a key, or nothing where the key is missing. The key is known from here on.
  [[nodiscard]] const nlohmann::json* take(const std::string& key);
  [[nodiscard]] std::string place_of(const std::string& key) const { return place_ + "." + key; }
  void text(const std::string& key, std::string& value);
  /// A text, or a list of texts.
  void texts(const std::string& key, std::vector<std::string>& value);
  /// One of a few names, as the index of that name in an enum.
  template <class Enum>
  void choice(const std::string& key, Enum& value, std::initializer_list<std::string_view> names) {
    value = static_cast<Enum>(choice_index(key, static_cast<std::size_t>(value), names));
  }
  /// Keys that nobody took, in order of the object.
  [[nodiscard]] std::vector<std::string> rest() const;
  /// @throws Error{Errc::invalid_spec} naming the first key that nobody took
  void expect_no_rest() const;

 private:
  [[nodiscard]] std::size_t choice_index(const std::string& key, std::size_t value,
                                         std::initializer_list<std::string_view> names);
  std::string place_;
  const nlohmann::json& object_;
  std::vector<std::string> taken_;
};

[[nodiscard]] std::string as_text(const std::string& place, const nlohmann::json& value);
[[nodiscard]] std::vector<std::string> as_texts(const std::string& place,
                                                const nlohmann::json& value);
/// A duration such as "30d", in microseconds; the rule is what the complaint asks for.
[[nodiscard]] std::int64_t as_duration(const std::string& place, const nlohmann::json& value,
                                       const std::string& rule);
/// A whole number of at least `least`.
[[nodiscard]] std::uint64_t as_count(const std::string& place, const nlohmann::json& value,
                                     std::int64_t least = 1);

}  // namespace mta
