#include "mta/core/error.hpp"

namespace mta {
Error::~Error() = default;
}  // namespace mta
