#include "models/markov_order.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace mta {
namespace {

/// Journeys whose last state gives them the same probability to convert.
struct Score {
  double probability = 0, conversions = 0, nulls = 0;
};

/// By probability, the largest first.
std::vector<Score> scores_of(const GramCounts& grams) {
  std::vector<Score> scores;
  for (std::uint32_t state = 0; state < grams.size(); ++state) {
    const StateEnds& ends = grams.ends(state);
    const auto conversions = static_cast<double>(ends.conversions);
    const auto nulls = static_cast<double>(ends.nulls);
    if (conversions + nulls == 0) continue;
    scores.push_back({conversions / (conversions + nulls), conversions, nulls});
  }
  std::ranges::sort(scores, [](const Score& a, const Score& b) {
    if (a.probability != b.probability) return a.probability > b.probability;
    return a.conversions != b.conversions ? a.conversions < b.conversions : a.nulls < b.nulls;
  });
  return scores;
}

/// A point of the ROC curve: how many conversions and nulls a threshold calls conversions.
struct Point {
  double conversions = 0, nulls = 0;
};

double area(std::span<const Point> curve) {
  const Point& end = curve.back();
  if (end.conversions == 0 || end.nulls == 0) return 0.5;  // nothing to tell apart
  double sum = 0;
  for (std::size_t i = 1; i < curve.size(); ++i) {
    sum += (curve[i].nulls - curve[i - 1].nulls) *
           (curve[i].conversions + curve[i - 1].conversions) / 2;
  }
  return sum / end.conversions / end.nulls;
}

double exact_auc(std::span<const Score> scores) {
  std::vector<Point> curve(1);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const bool same = i > 0 && scores[i].probability == scores[i - 1].probability;
    Point next = curve.back();
    next.conversions += scores[i].conversions;
    next.nulls += scores[i].nulls;
    if (same) {
      curve.back() = next;
    } else {
      curve.push_back(next);
    }
  }
  return area(curve);
}

/// At 100 thresholds, evenly spaced from the largest probability down to the smallest.
double auc_at_thresholds(std::span<const Score> scores) {
  constexpr std::size_t thresholds = 100;
  std::vector<Point> curve(1);
  if (scores.empty()) return 0.5;
  const double low = scores.back().probability, high = scores.front().probability;
  Point now;
  std::size_t next = 0;
  for (std::size_t i = thresholds; i-- > 0;) {
    const double threshold = low + (high - low) * static_cast<double>(i) / (thresholds - 1);
    for (; next < scores.size() && scores[next].probability >= threshold; ++next) {
      now.conversions += scores[next].conversions;
      now.nulls += scores[next].nulls;
    }
    curve.push_back(now);
  }
  for (; next < scores.size(); ++next) {
    now.conversions += scores[next].conversions;
    now.nulls += scores[next].nulls;
  }
  curve.push_back(now);
  return area(curve);
}

/// Multisets of `order` channels: what ChannelAttribution takes for the number of parameters.
double parameters(std::size_t channels, std::size_t order) {
  double count = 1;
  for (std::size_t i = 1; i <= order; ++i) {
    count = count * static_cast<double>(channels + i - 1) / static_cast<double>(i);
  }
  return std::round(count);
}

double penalized(double auc, double journeys, double parameters) {
  const double freedom = journeys - parameters - 1;
  if (freedom <= 0) return 0;
  return std::max(0.0, 1 - (1 - auc) * (journeys - 1) / freedom);
}

/// What followed each context of up to `order` channels, part by part. START is part of a context,
/// so that the first touches of a journey are foreseen as well, and the ends of journeys are
/// outcomes.
class Contexts {
 public:
  explicit Contexts(std::size_t order) : order_(order) {}

  void add_part(const GramCounts& grams, std::uint8_t part) {
    part_ = part;
    for (std::uint32_t state = 0; state < grams.size(); ++state) add_gram(grams, state);
    for (const GramCounts::Step& step : grams.steps()) {
      add(grams.gram(step.from), step.channel, step.count);
    }
  }

  /// The log-likelihood of each part under the others. Every outcome has a share of one
  /// pseudo-count.
  [[nodiscard]] double log_likelihood(std::size_t parts, std::size_t channels) {
    std::ranges::sort(seen_, [this](const Seen& a, const Seen& b) {
      return std::ranges::lexicographical_compare(key(a), key(b));
    });
    const double outcomes = static_cast<double>(channels) + 2;
    double sum = 0;
    for (std::size_t begin = 0; begin < seen_.size();) {
      std::size_t end = begin + 1;
      while (end < seen_.size() && std::ranges::equal(context(seen_[begin]), context(seen_[end])))
        ++end;
      sum += of_context(std::span(seen_).subspan(begin, end - begin), parts, outcomes);
      begin = end;
    }
    return sum / 1e6;  // counts are micro-units
  }

 private:
  static constexpr std::uint32_t start = GramCounts::none - 1, conversion = GramCounts::none - 2,
                                 null = GramCounts::none - 3;
  struct Seen {
    std::size_t key;
    std::uint64_t count;
    std::uint8_t part;
  };
  using PartCounts = std::array<std::uint64_t, Markov::folds + 1>;  // the last: all

  [[nodiscard]] std::span<const std::uint32_t> key(const Seen& seen) const noexcept {
    return std::span(keys_).subspan(seen.key, order_ + 2);
  }
  [[nodiscard]] std::span<const std::uint32_t> context(const Seen& seen) const noexcept {
    return key(seen).first(order_ + 1);
  }

  void add_gram(const GramCounts& grams, std::uint32_t state) {
    const auto gram = grams.gram(state);
    const StateEnds& ends = grams.ends(state);
    const auto begin =
        std::ranges::find_if(gram, [](std::uint32_t c) { return c != GramCounts::none; });
    std::vector<std::uint32_t> context{start};
    for (auto channel = begin; channel != gram.end(); ++channel) {
      add(context, *channel, ends.first);
      context.push_back(*channel);
    }
    // A path shorter than the order is foreseen from where it began.
    const std::span<const std::uint32_t> whole = gram.front() == GramCounts::none ? context : gram;
    add(whole, conversion, ends.conversions);
    add(whole, null, ends.nulls);
  }

  void add(std::span<const std::uint32_t> context, std::uint32_t outcome, std::uint64_t count) {
    if (count == 0) return;
    seen_.push_back({keys_.size(), count, part_});
    keys_.resize(keys_.size() + order_ + 1 - context.size(), GramCounts::none);
    keys_.insert(keys_.end(), context.begin(), context.end());
    keys_.push_back(outcome);
  }

  [[nodiscard]] double of_context(std::span<const Seen> seen, std::size_t parts,
                                  double outcomes) const {
    PartCounts all{};
    for (const Seen& one : seen) all[one.part] += one.count, all.back() += one.count;
    double sum = 0;
    for (std::size_t begin = 0; begin < seen.size();) {
      PartCounts here{};
      std::size_t end = begin;
      for (; end < seen.size() && key(seen[end]).back() == key(seen[begin]).back(); ++end) {
        here[seen[end].part] += seen[end].count;
        here.back() += seen[end].count;
      }
      for (std::size_t part = 0; part < parts; ++part) {
        if (here[part] == 0) continue;
        const double known = static_cast<double>(here.back() - here[part]) / 1e6;
        const double others = static_cast<double>(all.back() - all[part]) / 1e6;
        sum += static_cast<double>(here[part]) * std::log((known + 1 / outcomes) / (others + 1));
      }
      begin = end;
    }
    return sum;
  }

  std::size_t order_;
  std::vector<std::uint32_t> keys_;  // order + 1 of a context, then the outcome
  std::vector<Seen> seen_;
  std::uint8_t part_ = 0;
};

double log_likelihood(std::span<const GramCounts> parts, std::size_t order, std::size_t channels) {
  Contexts contexts(order);
  for (std::size_t part = 0; part < parts.size(); ++part) {
    contexts.add_part(parts[part].shortened(order), static_cast<std::uint8_t>(part));
  }
  return contexts.log_likelihood(parts.size(), channels);
}

}  // namespace

std::vector<OrderFit> compare_orders(std::span<const GramCounts> parts, const GramCounts& all,
                                     std::size_t channels) {
  std::vector<OrderFit> orders;
  for (std::size_t order = 1; order <= all.order(); ++order) {
    const std::vector<Score> scores = scores_of(all.shortened(order));
    double journeys = 0;
    for (const Score& score : scores) journeys += score.conversions + score.nulls;
    OrderFit& fit = orders.emplace_back();
    fit.order = order;
    fit.auc = exact_auc(scores);
    fit.auc_100 = auc_at_thresholds(scores);
    fit.penalized_auc = penalized(fit.auc_100, journeys / 1e6, parameters(channels, order));
    fit.log_likelihood = log_likelihood(parts, order, channels);
  }
  return orders;
}

std::size_t best_order(std::span<const OrderFit> orders, ChooseOrder criterion) {
  const auto of = [&](const OrderFit& fit) {
    return criterion == ChooseOrder::log_likelihood ? fit.log_likelihood : fit.penalized_auc;
  };
  return std::ranges::max_element(orders, {}, of)->order;
}

}  // namespace mta
