#include "mta/credits/ledger.hpp"

#include <algorithm>

#include "mta/core/apportion.hpp"

namespace mta {
namespace {

Ledger::Tuple without_channel(const Ledger::Tuple& tuple) { return {tuple.begin() + 1, tuple.end()}; }

/// One channel's tuples, and the weights its totals may be split by.
struct ChannelShares {
  std::vector<Ledger::Tuple> tuples;
  std::vector<std::uint64_t> conversions, value, nulls;
  bool value_usable = true;  // refunds may leave a tuple with less than nothing
};

std::vector<ChannelShares> by_channel(std::size_t channels, const TouchShares& shares) {
  std::vector<ChannelShares> all(channels);
  const auto add = [&](const Ledger::Tuple& tuple, const Worth& credit, std::uint64_t nulls) {
    ChannelShares& mine = all[tuple.front()];
    mine.tuples.push_back(without_channel(tuple));
    mine.conversions.push_back(static_cast<std::uint64_t>(std::max<std::int64_t>(credit.conversions.units, 0)));
    mine.value_usable = mine.value_usable && credit.value.units >= 0;
    mine.value.push_back(static_cast<std::uint64_t>(std::max<std::int64_t>(credit.value.units, 0)));
    mine.nulls.push_back(nulls);
  };
  for (const auto& [tuple, credit] : shares.converting.rows()) {
    const auto null = shares.null_touches.find(tuple);
    add(tuple, credit, null == shares.null_touches.end() ? 0 : null->second);
  }
  for (const auto& [tuple, nulls] : shares.null_touches) {
    if (!shares.converting.rows().contains(tuple)) add(tuple, {}, nulls);
  }
  return all;
}

/// Splits by the first weights that are not all 0.
bool split(Micros total, std::span<const std::span<const std::uint64_t>> choices,
           std::span<Micros> part) {
  return std::any_of(choices.begin(), choices.end(),
                     [&](const auto& weights) { return apportion_sums(total, weights, part); });
}

}  // namespace

void Ledger::add(const CellNumbering& cells, std::span<const std::uint8_t> seen,
                 const CreditSink& sink) {
  Tuple tuple(cells.width());
  const auto credit = sink.credit();
  for (std::size_t cell = 0; cell < seen.size(); ++cell) {
    if (seen[cell] == 0) continue;
    cells.tuple(CellId{static_cast<std::uint32_t>(cell)}, tuple);
    rows_[tuple] += cell < credit.size() ? credit[cell] : Worth{};
  }
  unattributed_ += sink.unattributed();
  handed_out_.merge(sink.handed_out());
  (void)handed_out_.checked("credits of a model that hands out more than was booked");
}

std::vector<CreditRow> Ledger::named(std::size_t width, const NameOf& name_of) const {
  std::map<std::vector<std::string>, Worth> named;
  for (const auto& [tuple, credit] : rows_) {
    std::vector<std::string> key;
    for (std::size_t d = 0; d < tuple.size(); ++d) {
      const std::string_view name = name_of(d, tuple[d]);
      key.emplace_back(name.empty() ? not_set_label : name);
    }
    named[key] += credit;
  }
  if (unattributed_ != Worth{}) {
    named[std::vector<std::string>(width, std::string(unattributed_label))] += unattributed_;
  }
  std::vector<CreditRow> rows;
  rows.reserve(named.size());
  for (auto& [key, credit] : named) rows.push_back({key, credit});
  std::stable_sort(rows.begin(), rows.end(), [](const CreditRow& a, const CreditRow& b) {
    return a.credit.conversions > b.credit.conversions;
  });
  return rows;
}

Ledger distribute_channel_totals(const FittedCredit& fit, const TouchShares& shares) {
  Ledger ledger;
  ledger.add_unattributed(fit.unattributed);
  const auto channels = by_channel(fit.credit.size(), shares);
  std::vector<Micros> conversions, value;
  for (std::size_t c = 0; c < channels.size(); ++c) {
    const ChannelShares& mine = channels[c];
    conversions.assign(mine.tuples.size(), Micros{0});
    value.assign(mine.tuples.size(), Micros{0});
    const std::span<const std::uint64_t> by_conversions[] = {mine.conversions, mine.nulls};
    const std::span<const std::uint64_t> by_value[] = {mine.value, mine.conversions, mine.nulls};
    const Worth& total = fit.credit[c];
    if (!split(total.conversions, by_conversions, conversions)) {
      ledger.add_unattributed({total.conversions, {}});
    }
    if (!split(total.value, std::span(by_value).subspan(mine.value_usable ? 0 : 1), value)) {
      ledger.add_unattributed({{}, total.value});
    }
    for (std::size_t i = 0; i < mine.tuples.size(); ++i) {
      ledger.add(mine.tuples[i], {conversions[i], value[i]});
    }
  }
  return ledger;
}

Ledger distribute_by_journey(const TouchShares& shares) {
  Ledger ledger;
  ledger.add_unattributed(shares.converting.unattributed());
  for (const auto& [tuple, credit] : shares.converting.rows()) {
    ledger.add(without_channel(tuple), credit);
  }
  for (const auto& [tuple, nulls] : shares.null_touches) ledger.add(without_channel(tuple), {});
  return ledger;
}

}  // namespace mta
