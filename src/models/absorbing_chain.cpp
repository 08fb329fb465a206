#include "models/absorbing_chain.hpp"

#include <algorithm>
#include <span>

#include "models/dense_inverse.hpp"
#include "models/state_elimination.hpp"
#include "simd/aligned_numbers.hpp"

namespace mta {
namespace {

constexpr double on_its_way = 1e-13;

/// One step of all probability at once: `next` = `now` Q.
void step_forward(const AbsorbingChain& chain, std::span<const double> now,
                  std::span<double> next) {
  std::fill(next.begin(), next.end(), 0.0);
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (now[i] == 0) continue;
    for (std::size_t arc = chain.row[i]; arc < chain.row[i + 1]; ++arc) {
      next[chain.to[arc]] += now[i] * chain.probability[arc];
    }
  }
}

/// `next` = Q `now`.
void step_backward(const AbsorbingChain& chain, std::span<const double> now,
                   std::span<double> next) {
  for (std::size_t i = 0; i < chain.size(); ++i) {
    double sum = 0;
    for (std::size_t arc = chain.row[i]; arc < chain.row[i + 1]; ++arc) {
      sum += chain.probability[arc] * now[chain.to[arc]];
    }
    next[i] = sum;
  }
}

double total(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum;
}

/// Probability of ever coming back to a state.
double return_probability(const AbsorbingChain& chain, std::size_t state, std::vector<double>& now,
                          std::vector<double>& next) {
  std::fill(now.begin(), now.end(), 0.0);
  now[state] = 1.0;
  double returned = 0;
  do {
    step_forward(chain, now, next);
    returned += next[state];
    next[state] = 0;
    now.swap(next);
  } while (total(now) > on_its_way);
  return returned;
}

/// The sum of all steps, `begin` itself included, until what is on its way is below the limit.
template <class Step>
std::vector<double> sum_of_steps(const AbsorbingChain& chain, std::vector<double> begin,
                                 const Step& step) {
  std::vector<double> sum = begin, next(begin.size());
  double limit = 0;
  for (const double value : begin) limit = std::max(limit, value < 0 ? -value : value);
  double largest = limit;
  while (largest > limit * on_its_way * 1e-3) {
    step(chain, begin, next);
    begin.swap(next);
    largest = 0;
    for (std::size_t i = 0; i < sum.size(); ++i) {
      sum[i] += begin[i];
      largest = std::max(largest, begin[i] < 0 ? -begin[i] : begin[i]);
    }
  }
  return sum;
}

ChainSolution follow_all(const AbsorbingChain& chain) {
  ChainSolution solution;
  solution.visits = sum_of_steps(chain, chain.start, step_forward);
  solution.convert = sum_of_steps(chain, chain.convert, step_backward);
  solution.value = sum_of_steps(chain, chain.reward, step_backward);
  std::vector<double> now(chain.size()), next(chain.size());
  for (std::size_t state = 0; state < chain.size(); ++state) {
    solution.returns.push_back(1.0 / (1.0 - return_probability(chain, state, now, next)));
  }
  return solution;
}

/// Where so many pairs of states have an arc, elimination would soon have filled the others: few
/// states are cheaper taken out than left in.
bool is_dense(const AbsorbingChain& chain, const ChainLimits& limits) {
  const std::size_t n = chain.size();
  return n <= limits.core && (n <= limits.small || chain.to.size() * limits.fill >= n * n);
}

/// All states at once: below them a row for START; beside them leaving, converting and value.
ChainSolution solve_dense(const AbsorbingChain& chain) {
  const std::size_t n = chain.size();
  std::size_t stride = simd::AlignedNumbers::whole_lines(n + 1);
  if (stride % 64 == 0) stride += simd::AlignedNumbers::line;  // or columns share their cache lines
  simd::AlignedNumbers numbers(stride * (n + 3));
  const simd::Matrix a{numbers.data(), n + 1, n + 3, stride};
  std::fill_n(a.data, a.stride * a.columns, 0.0);
  for (std::size_t from = 0; from < n; ++from) {
    for (std::size_t arc = chain.row[from]; arc < chain.row[from + 1]; ++arc) {
      a(from, chain.to[arc]) = chain.probability[arc];
    }
    a(n, from) = chain.start[from];
  }
  std::ranges::copy(chain.leave, &a(0, n));
  std::ranges::copy(chain.convert, &a(0, n + 1));
  std::ranges::copy(chain.reward, &a(0, n + 2));
  invert_transient(a, n, Visits::to_itself);
  ChainSolution solution;
  solution.convert.assign(&a(0, n + 1), &a(n, n + 1));
  solution.value.assign(&a(0, n + 2), &a(n, n + 2));
  solution.visits.reserve(n);
  solution.returns.reserve(n);
  for (std::size_t state = 0; state < n; ++state) {
    solution.visits.push_back(a(n, state));
    solution.returns.push_back(a(state, state));
  }
  return solution;
}

}  // namespace

ChainSolution solve_chain(const AbsorbingChain& chain, const ChainLimits& limits) {
  if (is_dense(chain, limits)) return solve_dense(chain);
  {
    StateElimination elimination(chain);
    elimination.eliminate(limits);
    if (elimination.core_size() <= limits.core) return elimination.solve();
  }  // its memory goes before the slow way begins
  return follow_all(chain);
}

}  // namespace mta
