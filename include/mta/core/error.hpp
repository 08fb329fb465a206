#pragma once
#include <stdexcept>
#include <string>

#include "mta/core/export.hpp"

namespace mta {

/// What kind of request failed. The message says the rest: the field, the rule and the value given.
enum class Errc {
  invalid_option,    ///< an option of a model, goal or reader breaks its rule
  invalid_spec,      ///< a spec is not JSON, or has a key that nobody knows
  unknown_model,     ///< no model of that name is registered
  missing_column,    ///< a column that the schema needs is not in the input
  unreadable_input,  ///< a file cannot be opened or read, or its compression is broken
  too_many_rejects,  ///< more rows were rejected than the threshold allows
  mixed_currencies,  ///< values in two currencies, and no rates
  overflow,          ///< a sum of worth beyond 2^63 - 1 micro-units
  invalid_weight,    ///< a model returned a weight that is negative or not finite
  needs_times,       ///< a model that needs times was asked to run over paths, which have none
  foreign_state,     ///< a state of another model, option, goal or version
  corrupt_state,     ///< bytes that are no state: too short, or their checksum is wrong
  write_failed,      ///< an output file cannot be written, or the disk is full
  cancelled,         ///< a stop was requested through the caller's token
};

/// A bad request. A bad row is never an exception: it is counted (see IngestReport).
class MTA_EXPORT Error : public std::runtime_error {
 public:
  Error(Errc code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ~Error() override;
  [[nodiscard]] Errc code() const noexcept { return code_; }

 private:
  Errc code_;
};

}  // namespace mta
