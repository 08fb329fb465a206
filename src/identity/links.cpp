#include "mta/identity/links.hpp"

#include <string>

#include "mta/core/error.hpp"

namespace mta {

void Links::add(std::string_view a, std::string_view b) {
  for (const std::string_view identifier : {a, b}) {
    if (identifier.find_first_not_of(" \t") == std::string_view::npos) {
      throw Error(Errc::invalid_option, "a link must name two identifiers, got '" + std::string(a) +
                                            "' and '" + std::string(b) + "'");
    }
  }
  add(person_key(a), person_key(b));
}

void Links::merge(const Links& other) {
  pairs_.insert(pairs_.end(), other.pairs_.begin(), other.pairs_.end());
}

}  // namespace mta
