#pragma once
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mta/ingest/site_lists.hpp"
#include "mta/ingest/traffic_source.hpp"
#include "mta/ingest/url.hpp"

namespace mta {

/// All that the conditions of a rule may look at.
struct RuleFacts {
  const TrafficSource& source;
  const Url& landing;
  std::span<const std::string_view> columns;
};

/// What a condition looks at.
struct RuleField {
  enum class Kind {
    source,
    medium,
    campaign,
    content,
    term,
    campaign_id,
    click_id,
    paid_click,
    source_category,
    referrer_host,
    referrer_domain,
    landing_host,
    landing_path,
    parameter,
    column
  };
  Kind kind = Kind::source;
  std::string name = {};  // of the parameter
  std::size_t column = 0;

  [[nodiscard]] std::string_view text(const RuleFacts& facts) const noexcept;
};

/// A condition on one row.
class RuleCondition {
 public:
  RuleCondition() = default;
  RuleCondition(const RuleCondition&) = delete;
  RuleCondition& operator=(const RuleCondition&) = delete;
  virtual ~RuleCondition() = default;
  [[nodiscard]] virtual bool holds(const RuleFacts& facts) const = 0;
};
using RuleConditions = std::vector<std::unique_ptr<RuleCondition>>;

enum class Letters { any_case, exact };

[[nodiscard]] std::unique_ptr<RuleCondition> all_of(RuleConditions parts);
[[nodiscard]] std::unique_ptr<RuleCondition> any_of(RuleConditions parts);
[[nodiscard]] std::unique_ptr<RuleCondition> none_of(std::unique_ptr<RuleCondition> part);
[[nodiscard]] std::unique_ptr<RuleCondition> one_of(RuleField field, std::vector<std::string> texts,
                                                    Letters letters);
[[nodiscard]] std::unique_ptr<RuleCondition> contains(RuleField field,
                                                      std::vector<std::string> texts,
                                                      Letters letters);
/// Null where the pattern is none; `why` then says why.
[[nodiscard]] std::unique_ptr<RuleCondition> matches(RuleField field, const std::string& pattern,
                                                     Letters letters, std::string& why);
/// The lists must outlive the condition.
[[nodiscard]] std::unique_ptr<RuleCondition> in_lists(RuleField field,
                                                      std::vector<std::string> names,
                                                      const SiteLists& lists);
[[nodiscard]] std::unique_ptr<RuleCondition> is_empty(RuleField field);

}  // namespace mta
