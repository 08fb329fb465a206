#include "ingest/rule_condition.hpp"

#include <re2/re2.h>

#include <algorithm>

#include "ingest/time_text.hpp"
#include "ingest/url_split.hpp"

namespace mta {
namespace {

class AllOf final : public RuleCondition {
 public:
  explicit AllOf(RuleConditions parts) : parts_(std::move(parts)) {}
  bool holds(const RuleFacts& facts) const override {
    return std::all_of(parts_.begin(), parts_.end(),
                       [&](const auto& part) { return part->holds(facts); });
  }

 private:
  RuleConditions parts_;
};

class AnyOf final : public RuleCondition {
 public:
  explicit AnyOf(RuleConditions parts) : parts_(std::move(parts)) {}
  bool holds(const RuleFacts& facts) const override {
    return std::any_of(parts_.begin(), parts_.end(),
                       [&](const auto& part) { return part->holds(facts); });
  }

 private:
  RuleConditions parts_;
};

class NoneOf final : public RuleCondition {
 public:
  explicit NoneOf(std::unique_ptr<RuleCondition> part) : part_(std::move(part)) {}
  bool holds(const RuleFacts& facts) const override { return !part_->holds(facts); }

 private:
  std::unique_ptr<RuleCondition> part_;
};

/// A field, in the letters that its texts are in.
class FieldCondition : public RuleCondition {
 protected:
  FieldCondition(RuleField field, Letters letters) : field_(std::move(field)), letters_(letters) {}
  [[nodiscard]] std::string folded(std::string_view text) const {
    return letters_ == Letters::any_case ? lowered(text) : std::string(text);
  }
  [[nodiscard]] std::vector<std::string> folded(std::vector<std::string> texts) const {
    for (std::string& text : texts) text = folded(text);
    return texts;
  }
  [[nodiscard]] std::string_view text(const RuleFacts& facts) const noexcept {
    return trim_blanks(field_.text(facts));
  }

 private:
  RuleField field_;
  Letters letters_;
};

class OneOf final : public FieldCondition {
 public:
  OneOf(RuleField field, std::vector<std::string> texts, Letters letters)
      : FieldCondition(std::move(field), letters), texts_(folded(std::move(texts))) {}
  bool holds(const RuleFacts& facts) const override {
    return std::find(texts_.begin(), texts_.end(), folded(text(facts))) != texts_.end();
  }

 private:
  std::vector<std::string> texts_;
};

class Contains final : public FieldCondition {
 public:
  Contains(RuleField field, std::vector<std::string> texts, Letters letters)
      : FieldCondition(std::move(field), letters), texts_(folded(std::move(texts))) {}
  bool holds(const RuleFacts& facts) const override {
    const std::string whole = folded(text(facts));
    return std::any_of(texts_.begin(), texts_.end(), [&](const std::string& part) {
      return whole.find(part) != std::string::npos;
    });
  }

 private:
  std::vector<std::string> texts_;
};

class Matches final : public FieldCondition {
 public:
  Matches(RuleField field, const std::string& pattern, Letters letters)
      : FieldCondition(std::move(field), letters), pattern_(pattern, options(letters)) {}
  bool holds(const RuleFacts& facts) const override {
    const std::string_view whole = text(facts);
    return RE2::PartialMatch(re2::StringPiece(whole.data(), whole.size()), pattern_);
  }
  [[nodiscard]] const RE2& pattern() const noexcept { return pattern_; }

 private:
  static RE2::Options options(Letters letters) {
    RE2::Options made;
    made.set_case_sensitive(letters == Letters::exact);
    made.set_log_errors(false);
    return made;
  }
  RE2 pattern_;
};

class InLists final : public FieldCondition {
 public:
  InLists(RuleField field, std::vector<std::string> names, const SiteLists& lists)
      : FieldCondition(std::move(field), Letters::any_case),
        names_(std::move(names)),
        lists_(lists) {}
  bool holds(const RuleFacts& facts) const override {
    const std::string_view name = text(facts);
    return std::any_of(names_.begin(), names_.end(),
                       [&](const std::string& list) { return lists_.holds(list, name); });
  }

 private:
  std::vector<std::string> names_;
  const SiteLists& lists_;
};

class IsEmpty final : public FieldCondition {
 public:
  explicit IsEmpty(RuleField field) : FieldCondition(std::move(field), Letters::exact) {}
  bool holds(const RuleFacts& facts) const override { return text(facts).empty(); }
};

}  // namespace

std::string_view RuleField::text(const RuleFacts& facts) const noexcept {
  const TrafficSource& source = facts.source;
  switch (kind) {
    case Kind::source:
      return source.source;
    case Kind::medium:
      return source.medium;
    case Kind::campaign:
      return source.campaign;
    case Kind::content:
      return source.content;
    case Kind::term:
      return source.term;
    case Kind::campaign_id:
      return source.campaign_id;
    case Kind::click_id:
      return source.click_id;
    case Kind::paid_click:
      return source.click == TrafficSource::Click::paid ? "yes" : "no";
    case Kind::source_category:
      return source.source_category;
    case Kind::referrer_host:
      return source.referrer_host;
    case Kind::referrer_domain:
      return source.referrer_domain;
    case Kind::landing_host:
      return facts.landing.host;
    case Kind::landing_path:
      return facts.landing.path;
    case Kind::parameter:
      return facts.landing.parameter(name);
    case Kind::column:
      return facts.columns[column];
  }
  return {};
}

std::unique_ptr<RuleCondition> all_of(RuleConditions parts) {
  return std::make_unique<AllOf>(std::move(parts));
}
std::unique_ptr<RuleCondition> any_of(RuleConditions parts) {
  return std::make_unique<AnyOf>(std::move(parts));
}
std::unique_ptr<RuleCondition> none_of(std::unique_ptr<RuleCondition> part) {
  return std::make_unique<NoneOf>(std::move(part));
}
std::unique_ptr<RuleCondition> one_of(RuleField field, std::vector<std::string> texts,
                                      Letters letters) {
  return std::make_unique<OneOf>(std::move(field), std::move(texts), letters);
}
std::unique_ptr<RuleCondition> contains(RuleField field, std::vector<std::string> texts,
                                        Letters letters) {
  return std::make_unique<Contains>(std::move(field), std::move(texts), letters);
}
std::unique_ptr<RuleCondition> matches(RuleField field, const std::string& pattern, Letters letters,
                                       std::string& why) {
  auto condition = std::make_unique<Matches>(std::move(field), pattern, letters);
  if (condition->pattern().ok()) return condition;
  why = condition->pattern().error();
  return nullptr;
}
std::unique_ptr<RuleCondition> in_lists(RuleField field, std::vector<std::string> names,
                                        const SiteLists& lists) {
  return std::make_unique<InLists>(std::move(field), std::move(names), lists);
}
std::unique_ptr<RuleCondition> is_empty(RuleField field) {
  return std::make_unique<IsEmpty>(std::move(field));
}

}  // namespace mta
