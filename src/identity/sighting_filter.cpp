#include "identity/sighting_filter.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace mta {

std::vector<RankedKind> ranked_kinds(const Sightings& sightings, const IdentityRules& rules) {
  std::vector<RankedKind> kinds(sightings.kinds().size());
  std::vector<std::uint32_t> strangers;
  for (std::uint32_t k = 0; k < kinds.size(); ++k) {
    const std::optional<KindId> known = rules.kind(sightings.kinds()[k]);
    if (!known) {
      strangers.push_back(k);
      continue;
    }
    const IdentifierKind& rule = rules.kinds()[index(*known)];
    kinds[k] = {static_cast<std::uint32_t>(*known), rule.level, rule.limit, rule.within};
  }
  std::sort(strangers.begin(), strangers.end(), [&](std::uint32_t a, std::uint32_t b) {
    return sightings.kinds()[a] < sightings.kinds()[b];
  });
  auto priority = static_cast<std::uint32_t>(rules.kinds().size());
  for (const std::uint32_t k : strangers) kinds[k].priority = priority++;
  return kinds;
}

std::vector<std::int64_t> first_linked(const Sightings& sightings) {
  std::vector<std::int64_t> first(sightings.identifiers(),
                                  std::numeric_limits<std::int64_t>::max());
  for (std::size_t i = 0; i < sightings.size(); ++i) {
    const Sighting seen = sightings.sighting(i);
    for (const std::uint32_t member : seen.identifiers) {
      first[member] = std::min(first[member], seen.first.micros);
    }
  }
  return first;
}

SightingFilter::SightingFilter(const Sightings& sightings, const IdentityRules& rules,
                               std::span<const RankedKind> kinds)
    : sightings_(sightings), kinds_(kinds) {
  for (const RankedKind& kind : kinds) {
    keeps_everything_ = keeps_everything_ && kind.level == IdentityLevel::person;
  }
  if (rules.ignored().empty() && rules.excluded().empty()) return;
  keeps_everything_ = false;
  flags_.resize(sightings.identifiers());
  for (const PersonKey& key : rules.ignored()) {
    if (const auto i = sightings.find(key); i != Sightings::unknown) flags_[i] |= ignored;
  }
  for (const auto& [a, b] : rules.excluded()) {
    const std::uint32_t x = sightings.find(a), y = sightings.find(b);
    if (x == Sightings::unknown || y == Sightings::unknown) continue;
    flags_[x] |= in_exclusion;
    flags_[y] |= in_exclusion;
    excluded_.emplace_back(std::min(x, y), std::max(x, y));
  }
  std::sort(excluded_.begin(), excluded_.end());
}

void SightingFilter::load(std::size_t sighting) {
  const auto all = sightings_.sighting(sighting).identifiers;
  const auto number = static_cast<std::uint32_t>(sighting);
  members_.assign(all.begin(), all.end());
  std::sort(members_.begin(), members_.end(),
            [&](std::uint32_t a, std::uint32_t b) { return goes_before(a, b); });
  persons_.clear();
  accounts_.clear();
  dropped_.clear();
  for (const std::uint32_t member : members_) {
    if (!flags_.empty() && (flags_[member] & ignored) != 0) {
      dropped_.push_back({number, member, DropReason::ignored});
    } else if (is_excluded(member)) {
      dropped_.push_back({number, member, DropReason::excluded});
    } else {
      const RankedKind& kind = kinds_[index(sightings_.identifier(member).kind)];
      (kind.level == IdentityLevel::person ? persons_ : accounts_).push_back(member);
    }
  }
}

bool SightingFilter::goes_before(std::uint32_t a, std::uint32_t b) const noexcept {
  const Identifier x = sightings_.identifier(a), y = sightings_.identifier(b);
  const std::uint32_t p = kinds_[index(x.kind)].priority, q = kinds_[index(y.kind)].priority;
  return std::tie(p, first_[a], x.key) < std::tie(q, first_[b], y.key);
}

/// With one of those that were kept before.
bool SightingFilter::is_excluded(std::uint32_t identifier) const noexcept {
  if (flags_.empty() || (flags_[identifier] & in_exclusion) == 0) return false;
  const auto with = [&](std::uint32_t other) {
    const auto pair = std::pair(std::min(identifier, other), std::max(identifier, other));
    return std::binary_search(excluded_.begin(), excluded_.end(), pair);
  };
  return std::any_of(persons_.begin(), persons_.end(), with) ||
         std::any_of(accounts_.begin(), accounts_.end(), with);
}

}  // namespace mta
