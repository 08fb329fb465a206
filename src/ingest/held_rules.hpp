#pragma once
#include <memory>
#include <string>
#include <vector>

#include "ingest/rule_condition.hpp"
#include "mta/ingest/channel_rules.hpp"

namespace mta {

/// What rules are, once read.
struct ChannelRules::Held {
  struct Rule {
    std::string channel;
    std::unique_ptr<RuleCondition> when;
    bool names_column = false;
  };
  enum class BlankRows { no_channel, direct };
  /// Whether conditions look at the path of the landing page.
  enum class LandingPath { ignored, used };

  std::string json;
  SiteLists lists = SiteLists::shipped();
  std::vector<Rule> rules;
  std::string otherwise = "Unassigned";
  BlankRows blank_rows = BlankRows::no_channel;
  LandingPath landing_path = LandingPath::ignored;
  std::vector<Column> columns;
  std::vector<std::string> parameters;  // that conditions look at, in lower case
};

}  // namespace mta
