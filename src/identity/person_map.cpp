#include "mta/identity/person_map.hpp"

#include <algorithm>
#include <bit>
#include <boost/pending/disjoint_sets.hpp>
#include <utility>

#include "mta/core/error.hpp"

namespace mta {

PersonMap::PersonMap(const Links& links) {
  std::vector<PersonKey> identifiers;
  identifiers.reserve(links.size() * 2);
  for (const Link& link : links.pairs()) {
    identifiers.push_back(link.a);
    identifiers.push_back(link.b);
  }
  rebuild(std::move(identifiers), links.pairs());
}

PersonKey PersonMap::person(const PersonKey& identifier) const noexcept {
  const std::uint32_t i = find(identifier);
  return i == absent ? identifier : identifiers_[person_[i]];
}

std::vector<PersonKey> PersonMap::identifiers_of(const PersonKey& identifier) const {
  const std::uint32_t i = find(identifier);
  if (i == absent) return {identifier};
  std::vector<PersonKey> identifiers;
  for (std::size_t j = person_[i]; j < identifiers_.size(); ++j) {
    if (person_[j] == person_[i]) identifiers.push_back(identifiers_[j]);
  }
  return identifiers;
}

void PersonMap::merge(const PersonMap& other) {
  std::vector<PersonKey> identifiers = identifiers_;
  identifiers.insert(identifiers.end(), other.identifiers_.begin(), other.identifiers_.end());
  std::vector<Link> pairs;
  pairs.reserve(identifiers.size());
  for (const PersonMap* map : {std::as_const(*this), other}) {
  }
}

}  // namespace mta
