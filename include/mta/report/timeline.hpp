#pragma once
#include <string>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/credits/credit_trail.hpp"

namespace mta {

/// The journeys that it is given as text for people: each with its touches in order of time, and
/// what these earned under every model. Meant for one person or a few.
class MTA_EXPORT Timeline final : public CreditTrail {
 public:
  void begin(const TrailHead& head) override;
  void take(const CreditedJourney& journey) override;
  void end(std::span<const Worth> unattributed) override;

  /// Empty where there was no journey.
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  std::string goal_, text_;
  std::vector<std::string> models_, dimensions_;
};

}  // namespace mta
