#include "pipeline/goal_assembly.hpp"

#include <algorithm>

namespace mta {
namespace {

void add_all(Ledger& ledger, std::span<const FirstPass> workers, std::size_t model) {
  for (const FirstPass& worker : workers) worker.add_to(ledger, model);
}

std::vector<std::uint8_t> channels_seen(std::span<const FirstPass> workers) {
  const auto first = workers.front().channels_seen();
  std::vector<std::uint8_t> seen(first.begin(), first.end());
  for (const FirstPass& worker : workers.subspan(1)) {
    const auto more = worker.channels_seen();
    for (std::size_t c = 0; c < seen.size(); ++c) seen[c] |= more[c];
  }
  return seen;
}

/// Channel totals as they stand: what is asked for where channels are the only dimension.
Ledger channel_ledger(const FittedCredit& fit, std::span<const std::uint8_t> seen) {
  Ledger ledger;
  ledger.add_unattributed(fit.unattributed);
  for (std::uint32_t c = 0; c < fit.credit.size(); ++c) {
    if (seen[c] != 0) ledger.add(Ledger::Tuple{c}, fit.credit[c]);
  }
  return ledger;
}

std::vector<double> of_seen(const std::vector<double>& values, std::span<const std::uint8_t> seen) {
  std::vector<double> kept;
  for (std::size_t c = 0; c < values.size(); ++c) {
    if (seen[c] != 0) kept.push_back(values[c]);
  }
  return kept;
}

}  // namespace

GoalAssembly::GoalAssembly(const Assembly& assembly, std::span<const AnyModel> models,
                           std::string name, std::vector<FirstPass>& workers)
    : assembly_(assembly), models_(models), workers_(workers), seen_(channels_seen(workers)) {
  result_.goal = std::move(name);
  for (const FirstPass& worker : workers) result_.counts.merge(worker.counts);
  result_.booked = result_.counts.booked.checked("goal '" + result_.goal + "'");
  unattributed_ = result_.counts.unattributed.checked("goal '" + result_.goal + "'");
  for (std::size_t c = 0; c < seen_.size(); ++c) {
    if (seen_[c] != 0) result_.channels.emplace_back(assembly_.channels[c]);
  }
}

GoalResult GoalAssembly::finish(const Replay& replay) {
  fit_all();
  second_pass(replay);
  for (std::size_t m = 0; m < models_.size(); ++m) add_model(m);
  if (assembly_.statistics) add_statistics();
  return std::move(result_);
}

void GoalAssembly::fit_all() {
  fit_of_.resize(models_.size());
  for (std::size_t m = 0; m < models_.size(); ++m) {
    const AnyModel& model = models_[m];
    if (model.info().kind != ModelKind::fitted) continue;
    AnyState& state = workers_.front().state(m);
    for (std::size_t w = 1; w < workers_.size(); ++w) state.merge(workers_[w].state(m));
    fit_of_[m] = fits_.size();
    fits_.push_back(model.finish(state));
    chains_.push_back(assembly_.chains ? model.chain(state, assembly_.channels) : std::nullopt);
    any_second_ = any_second_ || needs_touches(m);
  }
}

void GoalAssembly::add_statistics() {
  JourneyStatisticsCounts& counts = *workers_.front().statistics;
  for (std::size_t w = 1; w < workers_.size(); ++w) counts.merge(*workers_[w].statistics);
  result_.statistics = counts.finish(assembly_.channels, *assembly_.statistics);
}

bool GoalAssembly::needs_touches(std::size_t m) const {
  return !assembly_.by_channel_only || models_[m].distribute() == Distribute::journey;
}

void GoalAssembly::second_pass(const Replay& replay) {
  shares_.resize(fits_.size());
  if (!any_second_) return;
  std::vector<SecondPass> workers;
  for (std::size_t w = 0; w < assembly_.workers; ++w) {
    workers.emplace_back(fits_, assembly_.fine_cells());
  }
  replay(workers);
  for (std::size_t f = 0; f < fits_.size(); ++f) {
    for (const SecondPass& worker : workers) worker.add_to(shares_[f], f);
  }
}

Ledger GoalAssembly::ledger_of(std::size_t m) const {
  if (!fit_of_[m]) {
    Ledger ledger;
    add_all(ledger, workers_, m);
    return ledger;
  }
  const FittedCredit& fit = fits_[*fit_of_[m]];
  if (!needs_touches(m)) return channel_ledger(fit, seen_);
  const TouchShares& shares = shares_[*fit_of_[m]];
  return models_[m].distribute() == Distribute::journey ? distribute_by_journey(shares)
                                                        : distribute_channel_totals(fit, shares);
}

void GoalAssembly::add_model(std::size_t m) {
  const AnyModel& model = models_[m];
  ModelResult& result = result_.models.emplace_back();
  result.model = std::string(model.info().name);
  result.options = model.options();
  Ledger ledger = ledger_of(m);
  ledger.add_unattributed(unattributed_);
  result.credits = ledger.named(assembly_.width, assembly_.name_of);
  for (const std::string& stage : model.stages()) {
    const auto& absent = assembly_.absent_stages;
    if (std::find(absent.begin(), absent.end(), stage) == absent.end()) continue;
    result.notes.push_back("stage '" + stage + "': the input has no event that could pass it");
  }
  if (!fit_of_[m]) return;
  FittedCredit& fit = fits_[*fit_of_[m]];
  result.chain = std::move(chains_[*fit_of_[m]]);
  for (const ChannelColumn& column : fit.explained) {
    result.explained.push_back({column.name, of_seen(column.values, seen_)});
  }
  result.numbers = fit.numbers;
  result.notes.insert(result.notes.end(), fit.notes.begin(), fit.notes.end());
}

}  // namespace mta
