#include "mta/credits/credit_trail.hpp"

namespace mta {

CreditTrail::~CreditTrail() = default;

}  // namespace mta
