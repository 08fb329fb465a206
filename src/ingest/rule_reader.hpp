#pragma once
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/held_rules.hpp"

namespace mta {

/// Reads channel rules from JSON (docs/channels.md).
/// @throws Error{Errc::invalid_spec} naming the place, the rule and the value given
class RuleReader {
 public:
  using Json = nlohmann::json;

  explicit RuleReader(ChannelRules::Held& held) : held_(held) {}
  void read(std::string_view text);

 private:
  using Condition = std::unique_ptr<RuleCondition>;

  void read_object(const Json& given);
  void read_preset(const std::string& name);
  void read_choices(const Json& given);
  void read_lists(const std::string& place, const Json& given);
  void read_rules(const std::string& place, const Json& given);
  void read_rule(const std::string& place, const Json& given);
  [[nodiscard]] Condition conditions(const std::string& place, const Json& given);
  [[nodiscard]] RuleConditions alternatives(const std::string& place, const Json& given);
  [[nodiscard]] Condition on_field(const std::string& place, const RuleField& field,
                                   const Json& given);
  [[nodiscard]] Condition operation(const std::string& place, const RuleField& field,
                                    std::string_view key, const Json& given, Letters letters);
  [[nodiscard]] Condition listed(const std::string& place, const RuleField& field,
                                 const Json& given);
  [[nodiscard]] RuleConditions alternatives(const std::string& place, const RuleField& field,
                                            const Json& given);
  [[nodiscard]] RuleField field_of(const std::string& place, const std::string& key);
  [[nodiscard]] RuleField column_field(const std::string& name);

  ChannelRules::Held& held_;
  std::vector<std::string> optional_columns_;
  bool names_column_ = false;  // whether the rule being read does
  enum class AiAssistants { channel, referral } ai_assistants_ = AiAssistants::referral;
};

}  // namespace mta
