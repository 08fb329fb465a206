#include "mta/models/any_model.hpp"

namespace mta {

// Out of line, so that each has one vtable, whatever libraries use it.
AnyState::~AnyState() = default;
AnyModel::Base::~Base() = default;

}  // namespace mta
