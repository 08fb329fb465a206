#pragma once
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "mta/credits/result.hpp"
#include "support/journeys_from.hpp"

namespace mta::test {

using CreditByKey = std::map<std::vector<std::string>, Worth>;

inline const ModelResult& model_of(const GoalResult& goal, std::string_view name) {
  for (const ModelResult& model : goal.models) {
    if (model.model == name) return model;
  }
  throw std::out_of_range("no model " + std::string(name));
}

inline CreditByKey credit_by_key(const ModelResult& model) {
  CreditByKey credits;
  for (const CreditRow& row : model.credits) credits[row.key] += row.credit;
  return credits;
}

/// The credit of one channel (or of the only dimension asked for); nothing where it has no row.
inline Worth credit_of(const ModelResult& model, const std::string& channel) {
  const CreditByKey credits = credit_by_key(model);
  const auto row = credits.find({channel});
  return row == credits.end() ? Worth{} : row->second;
}

inline Worth credit_total(const ModelResult& model) {
  Worth sum;
  for (const CreditRow& row : model.credits) sum += row.credit;
  return sum;
}

inline Worth worth_of(const std::string& conversions, const std::string& value) {
  return {micros_of(conversions), micros_of(value)};
}

}  // namespace mta::test
