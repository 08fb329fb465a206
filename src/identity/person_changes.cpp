#include "mta/identity/person_changes.hpp"

#include <algorithm>
#include <tuple>

#include "mta/identity/links.hpp"

namespace mta {

std::vector<PersonChange> person_changes(const PersonMap& before, const PersonMap& after) {
  std::vector<PersonChange> changes;
  const auto old = before.linked(), now = after.linked();
  for (std::size_t i = 0, j = 0; i < old.size() || j < now.size();) {
    const bool in_old = i < old.size() && (j == now.size() || old[i] <= now[j]);
    const bool in_now = j < now.size() && (i == old.size() || now[j] <= old[i]);
    const PersonKey identifier = in_old ? old[i] : now[j];
    const PersonKey from = in_old ? before.person_of_linked(i++) : identifier;
    const PersonKey to = in_now ? after.person_of_linked(j++) : identifier;
    if (from != to) changes.push_back({identifier, from, to});
  }
  return changes;
}

PersonMoves person_moves(std::span<const PersonChange> changes) {
  std::vector<PersonChange> by_person(changes.begin(), changes.end());
  std::sort(by_person.begin(), by_person.end(), [](const auto& a, const auto& b) {
    return std::tie(a.before, a.identifier) < std::tie(b.before, b.identifier);
  });
  PersonMoves moves;
  Links merged;
  for (auto begin = by_person.begin(), end = begin; begin != by_person.end(); begin = end) {
    const PersonKey person = begin->before, to = begin->after;
    end = std::find_if(begin, by_person.end(), [&](const auto& c) { return c.before != person; });
    // A person's key is its smallest identifier: where that one stays, others left it.
    const bool together = begin->identifier == person &&
                          std::all_of(begin, end, [&](const auto& c) { return c.after == to; });
    if (together) {
      merged.add(person, to);
    } else {
      moves.split.push_back(person);
    }
  }
  moves.merged = PersonMap(merged);
  return moves;
}

}  // namespace mta
