#pragma once
// Reading channel rules from JSON: every complaint names its place, what must stand there, and what
// does.
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mta {

/// @throws Error{Errc::invalid_spec}
[[noreturn]] void refuse_rule(const std::string& place, const std::string& rule,
                              const nlohmann::json& given);
[[nodiscard]] std::string rule_text(const std::string& place, const nlohmann::json& given);
/// A text that shows up in results: not blank.
[[nodiscard]] std::string rule_name(const std::string& place, const nlohmann::json& given);
/// A text, or a list of at least one.
[[nodiscard]] std::vector<std::string> rule_texts(const std::string& place,
                                                  const nlohmann::json& given);
void require_object(const std::string& place, const nlohmann::json& given);
/// Refuses the first key of an object that is not among `known`.
void require_keys(const std::string& place, const nlohmann::json& object,
                  std::span<const std::string_view> known);
/// One of two texts, as its index: 0 or 1; `otherwise` where the key is missing.
[[nodiscard]] int rule_choice(const nlohmann::json& object, const std::string& place,
                              const std::string& key, std::span<const std::string_view, 2> names,
                              int otherwise);
/// Names with commas between them.
[[nodiscard]] std::string comma_list(std::span<const std::string_view> names);

}  // namespace mta
