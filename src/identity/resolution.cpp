#include "identity/resolution.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

#include "identity/make_person_map.hpp"
#include "identity/sighting_order.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

std::vector<PersonKey> strangers_of(const Sightings& sightings, const IdentityRules& rules) {
  std::vector<PersonKey> strangers;
  for (const auto& [a, b] : rules.included()) {
    for (const PersonKey& key : {a, b}) {
      if (sightings.find(key) == Sightings::unknown) strangers.push_back(key);
    }
  }
  std::sort(strangers.begin(), strangers.end());
  strangers.erase(std::unique(strangers.begin(), strangers.end()), strangers.end());
  if (sightings.identifiers() + strangers.size() > (std::size_t{1} << 31) - 2) {
    throw Error(Errc::overflow, "more than 2^31 - 2 identifiers");
  }
  return strangers;
}

bool is_limited(std::span<const RankedKind> kinds) noexcept {
  return std::any_of(kinds.begin(), kinds.end(),
                     [](const RankedKind& kind) { return kind.limit.has_value(); });
}

/// One more than there are kinds: without a limit.
std::vector<KindLimit> limits_of(std::span<const RankedKind> kinds) {
  std::vector<KindLimit> limits;
  for (const RankedKind& kind : kinds) {
    const bool ever = kind.within == IdentifierKind::ever;
    limits.push_back({kind.limit.value_or(KindLimit::none),
                      ever ? ~std::uint64_t{0} : static_cast<std::uint64_t>(kind.within)});
  }
  limits.emplace_back();
  return limits;
}

}  // namespace

Resolution::Resolution(const Sightings& sightings, const IdentityRules& rules)
    : sightings_(sightings),
      rules_(rules),
      strangers_(strangers_of(sightings, rules)),
      kinds_(ranked_kinds(sightings, rules)),
      filter_(sightings, rules, kinds_),
      sets_(sightings.identifiers() + strangers_.size()) {}

Identity Resolution::finish() {
  const bool limited = is_limited(kinds_);
  if (limited || !filter_.keeps_everything()) {
    first_ = first_linked(sightings_);
    filter_.use_times(first_);
  }
  if (limited) {
    join_within_limits();
  } else {
    include_plainly();
    filter_.keeps_everything() ? join_everything() : join_plainly();
  }
  Identity identity;
  map_persons(identity);
  map_accounts(identity);
  report(identity);
  std::sort(dropped_.begin(), dropped_.end(), [](const auto& a, const auto& b) {
    return std::tie(a.sighting, a.identifier) < std::tie(b.sighting, b.identifier);
  });
  identity.dropped = std::move(dropped_);
  return identity;
}

PersonKey Resolution::key(std::uint32_t i) const noexcept {
  return i < sightings_.identifiers() ? sightings_.identifier(i).key
                                      : strangers_[i - sightings_.identifiers()];
}

std::uint32_t Resolution::number(const PersonKey& key) const noexcept {
  if (const std::uint32_t found = sightings_.find(key); found != Sightings::unknown) return found;
  const auto at = std::lower_bound(strangers_.begin(), strangers_.end(), key);
  return static_cast<std::uint32_t>(sightings_.identifiers()) +
         static_cast<std::uint32_t>(at - strangers_.begin());
}

bool Resolution::is_person(std::uint32_t i) const noexcept {
  return i >= sightings_.identifiers() ||
         kinds_[index(sightings_.identifier(i).kind)].level == IdentityLevel::person;
}

void Resolution::include_plainly() {
  for (const auto& [a, b] : rules_.included()) {
    const std::uint32_t x = number(a), y = number(b);
    if (is_person(x) && is_person(y)) sets_.unite(x, y);
  }
}

void Resolution::join_everything() {
  for (std::size_t i = 0; i < sightings_.size(); ++i) {
    const auto members = sightings_.sighting(i).identifiers;
    for (std::size_t m = 1; m < members.size(); ++m) sets_.unite(members[0], members[m]);
  }
}

void Resolution::join_plainly() {
  for (std::size_t i = 0; i < sightings_.size(); ++i) {
    filter_.load(i);
    for (const DroppedIdentifier& dropped : filter_.dropped()) dropped_.push_back(dropped);
    const auto members = filter_.persons();
    for (std::size_t m = 1; m < members.size(); ++m) sets_.unite(members[0], members[m]);
  }
}

/// Those that only the inclusion list names are of a kind of their own, the last, without a limit.
std::vector<LimitedPersons::Member> Resolution::limited_members() const {
  std::vector<LimitedPersons::Member> members(sets_.count(),
                                              {static_cast<std::uint16_t>(kinds_.size()), 0});
  for (std::uint32_t i = 0; i < sightings_.identifiers(); ++i) {
    members[i] = {static_cast<std::uint16_t>(sightings_.identifier(i).kind), first_[i]};
  }
  return members;
}

void Resolution::join_within_limits() {
  const std::vector<KindLimit> limits = limits_of(kinds_);
  LimitedPersons persons(sets_, limits, limited_members());
  for (const auto& [a, b] : rules_.included()) {
    const std::uint32_t x = number(a), y = number(b);
    if (is_person(x) && is_person(y)) persons.force(x, y);
  }
  for (const std::uint32_t i : sightings_by_time(sightings_)) {
    filter_.load(i);
    for (const DroppedIdentifier& dropped : filter_.dropped()) dropped_.push_back(dropped);
    auto rest = filter_.persons();
    while (rest.size() > 1 && persons.join(rest) == LimitedPersons::Joined::over_limit) {
      dropped_.push_back({i, rest.back(), DropReason::over_limit});
      rest = rest.first(rest.size() - 1);
    }
  }
}

void Resolution::map_persons(Identity& identity) {
  struct Linked {
    PersonKey key;
    std::uint32_t root;
  };
  std::vector<Linked> linked;
  for (std::uint32_t i = 0; i < sets_.count(); ++i) {
    const std::uint32_t root = sets_.find(i);
    if (sets_.size(root) > 1) linked.push_back({key(i), root});
  }
  std::sort(linked.begin(), linked.end(),
            [](const Linked& a, const Linked& b) { return a.key < b.key; });
  // In rising order, so that the first identifier of a person is its smallest.
  constexpr std::uint32_t unseen = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> smallest(sets_.count(), unseen), person(linked.size());
  std::vector<PersonKey> identifiers(linked.size());
  for (std::uint32_t i = 0; i < linked.size(); ++i) {
    std::uint32_t& first = smallest[linked[i].root];
    if (first == unseen) {
      first = i;
      largest_.push_back({linked[i].key, sets_.size(linked[i].root)});
    }
    person[i] = first;
    identifiers[i] = linked[i].key;
  }
  identity.persons = make_person_map(std::move(identifiers), std::move(person));
}

void Resolution::map_accounts(Identity& identity) {
  const auto is_account = [](const RankedKind& kind) {
    return kind.level == IdentityLevel::account;
  };
  if (std::none_of(kinds_.begin(), kinds_.end(), is_account)) return;
  Links links;
  for (std::size_t i = 0; i < sightings_.size(); ++i) {
    filter_.load(i);
    if (filter_.accounts().empty()) continue;
    const PersonKey first = key(filter_.accounts().front());
    for (const std::uint32_t account : filter_.accounts().subspan(1))
      links.add(first, key(account));
    if (filter_.persons().empty()) continue;
    links.add(first, identity.persons.person(key(filter_.persons().front())));
  }
  for (const auto& [a, b] : rules_.included()) {
    if (is_person(number(a)) && is_person(number(b))) continue;
    links.add(identity.persons.person(a), identity.persons.person(b));
  }
  identity.accounts = PersonMap(links);
}

void Resolution::report(Identity& identity) {
  IdentityReport& report = identity.report;
  report.identifiers = sets_.count();
  for (std::uint32_t i = 0; i < sets_.count(); ++i) {
    if (is_person(i) && sets_.find(i) == i) ++report.persons;
  }
  report.accounts = identity.accounts.persons();
  report.sightings = sightings_.size();
  for (std::size_t i = 0; i < sightings_.size(); ++i)
    report.events += sightings_.sighting(i).events;
  report_kinds(report);
  const auto more = [](const PersonSize& a, const PersonSize& b) {
    return std::pair(b.identifiers, a.person) < std::pair(a.identifiers, b.person);
  };
  const std::size_t shown = std::min<std::size_t>(10, largest_.size());
  const auto middle = largest_.begin() + static_cast<std::ptrdiff_t>(shown);
  std::partial_sort(largest_.begin(), middle, largest_.end(), more);
  report.largest.assign(largest_.begin(), middle);
}

void Resolution::report_kinds(IdentityReport& report) const {
  std::vector<KindReport> counts(kinds_.size());
  for (std::size_t k = 0; k < counts.size(); ++k) {
    const RefusedTexts& refused = sightings_.refused(static_cast<KindId>(k));
    counts[k].kind = sightings_.kinds()[k];
    counts[k].blocked = refused.blocked;
    counts[k].malformed = refused.malformed;
  }
  const auto kind_of = [&](std::size_t i) { return index(sightings_.identifier(i).kind); };
  for (std::size_t i = 0; i < sightings_.identifiers(); ++i) ++counts[kind_of(i)].identifiers;
  for (const DroppedIdentifier& dropped : dropped_) {
    KindReport& kind = counts[kind_of(dropped.identifier)];
    ++(dropped.reason == DropReason::ignored    ? kind.ignored
       : dropped.reason == DropReason::excluded ? kind.excluded
                                                : kind.over_limit);
  }
  std::vector<std::size_t> order(kinds_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return kinds_[a].priority < kinds_[b].priority; });
  for (const std::size_t k : order) report.kinds.push_back(counts[k]);
}

Identity resolve(const Sightings& sightings, const IdentityRules& rules) {
  return Resolution(sightings, rules).finish();
}

PersonMap account_map(const Identity& identity) {
  PersonMap map = identity.persons;
  map.merge(identity.accounts);
  return map;
}

}  // namespace mta
