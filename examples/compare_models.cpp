// How far models agree: for each goal, the rank correlation of every two models, and what each
// model moves away from last touch and to whom. Where all agree, the choice of model hardly
// matters; where they do not, look at the journeys.
//
//   compare_models SPEC.json INPUT...
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <map>
#include <numeric>

#include "mta/mta.hpp"
#include "output_file.hpp"

namespace {

/// One model's conversions by row, in the same order of rows for every model of a goal.
struct Ranking {
  std::string label;
  std::vector<double> credit;
};

std::string joined(const std::vector<std::string>& key) {
  std::string text;
  for (const std::string& part : key) text += (text.empty() ? "" : " / ") + part;
  return text;
}

/// Rows by name; what no touch can take is the same for every model, and left out.
std::map<std::string, double> by_name(const mta::ModelResult& model) {
  std::map<std::string, double> credits;
  for (const mta::CreditRow& row : model.credits) {
    if (row.key.front() == mta::unattributed_label) continue;
    credits[joined(row.key)] = static_cast<double>(row.credit.conversions.units) / 1e6;
  }
  return credits;
}

/// Ranks from 1; equal credits share the mean of their ranks.
std::vector<double> ranks(const std::vector<double>& credit) {
  std::vector<std::size_t> order(credit.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return credit[a] > credit[b]; });
  std::vector<double> rank(credit.size());
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && credit[order[end]] == credit[order[begin]]) ++end;
    const double mean = static_cast<double>(begin + 1 + end) / 2;
    for (std::size_t i = begin; i < end; ++i) rank[order[i]] = mean;
  }
  return rank;
}

/// Spearman's rank correlation, ties included: Pearson's, of the ranks. 0 where all are tied.
double rank_correlation(const Ranking& a, const Ranking& b) {
  const auto x = ranks(a.credit), y = ranks(b.credit);
  const double mean = static_cast<double>(x.size() + 1) / 2;
  double xy = 0, xx = 0, yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mean) * (y[i] - mean);
    xx += (x[i] - mean) * (x[i] - mean);
    yy += (y[i] - mean) * (y[i] - mean);
  }
  return xx * yy > 0 ? xy / std::sqrt(xx * yy) : 0;
}

void print_correlations(const std::vector<Ranking>& models) {
  std::printf("rank correlation ");
  for (const Ranking& model : models) std::printf(" %14s", model.label.c_str());
  std::printf("\n");
  for (const Ranking& row : models) {
    std::printf("  %-15s", row.label.c_str());
    for (const Ranking& column : models) std::printf(" %14.3f", rank_correlation(row, column));
    std::printf("\n");
  }
}

void print_shift(const Ranking& from, const Ranking& to, const std::vector<std::string>& names) {
  double moved = 0, all = 0;
  std::size_t gainer = 0, loser = 0;
  const auto shift = [&](std::size_t i) { return to.credit[i] - from.credit[i]; };
  for (std::size_t i = 0; i < names.size(); ++i) {
    moved += std::max(shift(i), 0.0);
    all += from.credit[i];
    if (shift(i) > shift(gainer)) gainer = i;
    if (shift(i) < shift(loser)) loser = i;
  }
  std::printf("  %-15s moves %5.1f%%   most to %s (%+.2f), most from %s (%+.2f)\n",
              to.label.c_str(), all > 0 ? 100 * moved / all : 0.0, names[gainer].c_str(),
              shift(gainer), names[loser].c_str(), shift(loser));
}

void compare(const mta::GoalResult& goal) {
  std::printf("goal %s: %s conversions\n", goal.goal.c_str(),
              mta::format_micros(goal.booked.conversions).c_str());
  std::vector<std::string> names;
  std::vector<Ranking> models;
  for (const mta::ModelResult& model : goal.models) {
    const auto credits = by_name(model);
    Ranking& ranking = models.emplace_back(Ranking{model.model, {}});
    names.clear();  // every model has a row for every channel seen
    for (const auto& [name, credit] : credits) {
      names.push_back(name);
      ranking.credit.push_back(credit);
    }
  }
  print_correlations(models);
  const auto last = std::find_if(models.begin(), models.end(),
                                 [](const Ranking& model) { return model.label == "last"; });
  if (last == models.end() || names.empty()) return;
  std::printf("against last touch\n");
  for (const Ranking& model : models) {
    if (&model != &*last) print_shift(*last, model, names);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: compare_models SPEC.json INPUT...\n";
    return 2;
  }
  try {
    const mta::Spec spec = mta::parse_spec(mta::examples::read_file(argv[1]));
    std::vector<mta::Source> inputs;
    for (int i = 2; i < argc; ++i) inputs.push_back(mta::Source::file(argv[i]));
    const mta::Result result = mta::run(spec, std::move(inputs));
    for (const mta::GoalResult& goal : result.goals) compare(goal);
  } catch (const std::exception& error) {
    std::cerr << "compare_models: " << error.what() << '\n';
    return 1;
  }
}
