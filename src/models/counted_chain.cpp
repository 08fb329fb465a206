#include "models/counted_chain.hpp"

#include <algorithm>
#include <numeric>

namespace mta {
namespace {

using Wide = CountedChain::Wide;
using Step = CountedChain::Step;

constexpr std::uint32_t absent = ~std::uint32_t{0};

/// States that those in `todo` lead to, themselves included.
/// @param follow  made only where there is more to be found than `todo`
template <class MakeFollow>
std::vector<char> reached(std::vector<std::uint32_t> todo, std::size_t states,
                          const MakeFollow& make_follow) {
  std::vector<char> seen(states);
  for (const std::uint32_t state : todo) seen[state] = 1;
  std::size_t unseen = states - todo.size();
  if (unseen == 0) return seen;
  const auto follow = make_follow();
  while (!todo.empty() && unseen > 0) {
    const std::uint32_t state = todo.back();
    todo.pop_back();
    follow(state, [&](std::uint32_t next) {
      if (seen[next]) return;
      seen[next] = 1;
      --unseen;
      todo.push_back(next);
    });
  }
  return seen;
}

std::vector<char> from_start(const CountedChain& counted) {
  std::vector<std::uint32_t> first;
  first.reserve(counted.size());
  for (std::uint32_t s = 0; s < counted.size(); ++s) {
    if (counted.ends[s].first != 0) first.push_back(s);
  }
  return reached(std::move(first), counted.size(), [&] {
    return [&](std::uint32_t state, const auto& visit) {
      for (const Step& step : counted.steps_from(state)) visit(step.to);
    };
  });
}

/// Where the steps to each state come from.
class StepsBack {
 public:
  explicit StepsBack(const CountedChain& counted)
      : column_(counted.size() + 1), from_(counted.steps.size()) {
    for (const Step& step : counted.steps) ++column_[step.to + 1];
    std::partial_sum(column_.begin(), column_.end(), column_.begin());
    std::vector<std::size_t> free(column_.begin(), column_.end() - 1);
    for (const Step& step : counted.steps) from_[free[step.to]++] = step.from;
  }

  template <class Visit>
  void operator()(std::uint32_t state, const Visit& visit) const {
    for (std::size_t i = column_[state]; i < column_[state + 1]; ++i) visit(from_[i]);
  }

 private:
  std::vector<std::size_t> column_;
  std::vector<std::uint32_t> from_;
};

std::vector<char> to_conversion(const CountedChain& counted) {
  std::vector<std::uint32_t> last;
  last.reserve(counted.size());
  for (std::uint32_t s = 0; s < counted.size(); ++s) {
    if (counted.ends[s].conversions != 0) last.push_back(s);
  }
  return reached(std::move(last), counted.size(), [&] { return StepsBack(counted); });
}

void add_state(AbsorbingChain& chain, const CountedChain& counted, std::uint32_t state,
               std::span<const std::uint32_t> number) {
  const StateEnds& ends = counted.ends[state];
  const Wide out = counted.out[state];
  Wide leave = Wide{ends.conversions} + ends.nulls;
  const std::size_t begin = chain.row.back(), most = counted.row[state + 1] - counted.row[state];
  chain.to.resize(begin + most);
  chain.probability.resize(begin + most);
  std::size_t arc = begin;
  for (std::size_t i = counted.row[state]; i < counted.row[state + 1]; ++i) {
    const Step& step = counted.steps[i];
    if (number[step.to] == absent) {
      leave += step.count;
      continue;
    }
    chain.to[arc] = number[step.to];
    chain.probability[arc++] = counted.probability[i];
  }
  chain.to.resize(arc);
  chain.probability.resize(arc);
  chain.row.push_back(arc);
  chain.start.push_back(ratio(ends.first, counted.starts));
  chain.leave.push_back(ratio(leave, out));
  chain.convert.push_back(ratio(ends.conversions, out));
  // Value is earned by converting; where nothing converts any more, the chain cannot earn it.
  chain.reward.push_back(
      ends.conversions == 0 ? 0 : static_cast<double>(ends.value) / static_cast<double>(out));
}

}  // namespace

CountedChain::CountedChain(const Markov::State& state)
    : grams(state.ends.size()), steps(state.transitions.sorted()), ends(state.ends) {
  std::iota(grams.begin(), grams.end(), 0u);
  index_steps();
}

CountedChain::CountedChain(const GramCounts& counts) : order(counts.order()) {
  const std::vector<std::uint32_t> sorted = counts.sorted_grams();
  std::vector<std::uint32_t> number(counts.size(), absent);
  for (std::uint32_t i = 0; i < sorted.size(); ++i) {
    number[sorted[i]] = i;
    ends.push_back(counts.ends(sorted[i]));
    const auto gram = counts.gram(sorted[i]);
    grams.insert(grams.end(), gram.begin(), gram.end());
  }
  for (const GramCounts::Step& step : counts.steps()) {
    if (step.from != step.to) steps.push_back({number[step.from], number[step.to], step.count});
  }
  std::ranges::sort(steps, [](const Step& a, const Step& b) {
    return a.from != b.from ? a.from < b.from : a.to < b.to;
  });
  index_steps();
}

void CountedChain::index_steps() {
  row.resize(size() + 1);
  out.resize(size());
  for (const Step& step : steps) {
    ++row[step.from + 1];
    out[step.from] += step.count;
  }
  for (std::size_t s = 0; s < size(); ++s) {
    row[s + 1] += row[s];
    out[s] += Wide{ends[s].conversions} + ends[s].nulls;
    starts += ends[s].first;
  }
  probability.resize(steps.size());
  for (std::size_t s = 0; s < size(); ++s) {
    const Whole all(out[s]);
    for (std::size_t i = row[s]; i < row[s + 1]; ++i) probability[i] = all.share(steps[i].count);
  }
}

RestrictedChain::RestrictedChain(const CountedChain& counted, Keep keep) {
  const std::vector<char> before = from_start(counted), after = to_conversion(counted);
  std::vector<std::uint32_t> number(counted.size(), absent);
  for (std::uint32_t s = 0; s < counted.size(); ++s) {
    if (!before[s] || (keep == Keep::converting && !after[s])) continue;
    number[s] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(s);
  }
  chain.to.reserve(counted.steps.size());
  chain.probability.reserve(counted.steps.size());
  chain.row.reserve(kept.size() + 1);
  for (std::vector<double>* const of_state :
       {&chain.start, &chain.leave, &chain.convert, &chain.reward}) {
    of_state->reserve(kept.size());
  }
  for (const std::uint32_t s : kept) add_state(chain, counted, s, number);
}

}  // namespace mta
