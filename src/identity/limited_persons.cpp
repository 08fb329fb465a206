#include "identity/limited_persons.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace mta {
namespace {

/// `time` less or more `by`, at the ends of time where it would leave them.
std::int64_t earlier(std::int64_t time, std::uint64_t by) noexcept {
  constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
  const std::uint64_t room = static_cast<std::uint64_t>(time) - static_cast<std::uint64_t>(least);
  return by > room ? least : static_cast<std::int64_t>(static_cast<std::uint64_t>(time) - by);
}
std::int64_t later(std::int64_t time, std::uint64_t by) noexcept {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const std::uint64_t room = static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(time);
  return by > room ? most : static_cast<std::int64_t>(static_cast<std::uint64_t>(time) + by);
}

}  // namespace

LimitedPersons::LimitedPersons(PersonSets& sets, std::span<const KindLimit> kinds,
                               std::vector<Member> members)
    : sets_(sets), kinds_(kinds), members_(std::move(members)), list_of_(sets.count()) {}

bool LimitedPersons::is_limited(std::uint32_t i) const noexcept {
  return kinds_[members_[i].kind].limit != KindLimit::none;
}

bool LimitedPersons::before(std::uint32_t a, std::uint32_t b) const noexcept {
  const Member &x = members_[a], &y = members_[b];
  return std::tuple(x.kind, x.first, a) < std::tuple(y.kind, y.first, b);
}

std::span<const std::uint32_t> LimitedPersons::list(std::uint32_t root,
                                                    std::uint32_t& single) const {
  if (list_of_[root] != 0) return lists_[list_of_[root] - 1];
  single = root;
  const bool one = sets_.size(root) == 1 && is_limited(root);
  return std::span(&single, one ? 1 : 0);
}

void LimitedPersons::find_roots(std::span<const std::uint32_t> identifiers) {
  roots_.clear();
  for (const std::uint32_t i : identifiers) roots_.push_back(sets_.find(i));
  std::sort(roots_.begin(), roots_.end());
  roots_.erase(std::unique(roots_.begin(), roots_.end()), roots_.end());
}

/// Puts the root of the longest list first, and the other lists together.
void LimitedPersons::gather() {
  std::uint32_t single = 0;
  const auto longest = std::max_element(roots_.begin(), roots_.end(), [&](auto a, auto b) {
    return list(a, single).size() < list(b, single).size();
  });
  std::iter_swap(roots_.begin(), longest);
  longest_ = list(roots_.front(), single_);
  others_.clear();
  for (std::size_t r = 1; r < roots_.size(); ++r) {
    const auto more = list(roots_[r], single);
    others_.insert(others_.end(), more.begin(), more.end());
  }
  std::sort(others_.begin(), others_.end(), [&](auto a, auto b) { return before(a, b); });
}

LimitedPersons::Joined LimitedPersons::join(std::span<const std::uint32_t> identifiers) {
  find_roots(identifiers);
  if (roots_.size() < 2) return Joined::yes;
  gather();
  if (!others_.empty() && exceeds()) return Joined::over_limit;
  unite_roots();
  return Joined::yes;
}

void LimitedPersons::force(std::uint32_t a, std::uint32_t b) {
  const std::uint32_t pair[] = {a, b};
  find_roots(pair);
  if (roots_.size() < 2) return;
  gather();
  unite_roots();
}

bool LimitedPersons::exceeds() {
  for (std::size_t begin = 0, end = 0; begin < others_.size(); begin = end) {
    const std::uint16_t kind = members_[others_[begin]].kind;
    while (end < others_.size() && members_[others_[end]].kind == kind) ++end;
    if (run_exceeds(std::span(others_).subspan(begin, end - begin))) return true;
  }
  return false;
}

/// Whether new identifiers of one kind, with those of the longest list that are near in time, are
/// too many for a window.
bool LimitedPersons::run_exceeds(std::span<const std::uint32_t> run) {
  const std::uint16_t kind = members_[run.front()].kind;
  const KindLimit limit = kinds_[kind];
  const auto of_kind = std::ranges::equal_range(longest_, kind, {},
                                                [&](std::uint32_t i) { return members_[i].kind; });
  if (of_kind.size() + run.size() <= limit.limit) return false;
  const std::int64_t from = earlier(members_[run.front()].first, limit.within);
  const std::int64_t to = later(members_[run.back()].first, limit.within);
  times_.clear();
  for (const std::uint32_t i : run) times_.push_back(members_[i].first);
  auto near = std::partition_point(longest_.begin(), longest_.end(), [&](std::uint32_t i) {
    return std::pair(members_[i].kind, members_[i].first) < std::pair(kind, from);
  });
  const auto middle = static_cast<std::ptrdiff_t>(times_.size());
  for (; near != longest_.end() && members_[*near].kind == kind; ++near) {
    if (members_[*near].first > to) break;
    times_.push_back(members_[*near].first);
  }
  std::inplace_merge(times_.begin(), times_.begin() + middle, times_.end());
  for (std::size_t i = limit.limit; i < times_.size(); ++i) {
    const auto span =
        static_cast<std::uint64_t>(times_[i]) - static_cast<std::uint64_t>(times_[i - limit.limit]);
    if (span < limit.within) return true;
  }
  return false;
}

void LimitedPersons::add_others(List& list) const {
  if (others_.empty()) return;
  const auto middle = static_cast<std::ptrdiff_t>(list.size());
  list.insert(list.end(), others_.begin(), others_.end());
  if (middle == 0 || before(list[static_cast<std::size_t>(middle) - 1], others_.front())) return;
  std::inplace_merge(list.begin(), list.begin() + middle, list.end(),
                     [&](auto a, auto b) { return before(a, b); });
}

void LimitedPersons::unite_roots() {
  std::uint32_t place = list_of_[roots_.front()];
  List joined = place == 0 ? List(longest_.begin(), longest_.end()) : std::move(lists_[place - 1]);
  add_others(joined);
  for (std::size_t r = 1; r < roots_.size(); ++r) {
    if (const std::uint32_t old = std::exchange(list_of_[roots_[r]], 0); old != 0) {
      lists_[old - 1] = {};
      free_.push_back(old);
    }
  }
  list_of_[roots_.front()] = 0;
  std::uint32_t root = roots_.front();
  for (const std::uint32_t other : roots_) root = sets_.unite(root, other);
  if (joined.empty()) return;
  if (place == 0 && !free_.empty()) {
    place = free_.back();
    free_.pop_back();
  } else if (place == 0) {
    lists_.emplace_back();
    place = static_cast<std::uint32_t>(lists_.size());
  }
  lists_[place - 1] = std::move(joined);
  list_of_[root] = place;
}

}  // namespace mta
