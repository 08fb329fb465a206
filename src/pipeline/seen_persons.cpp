#include "pipeline/seen_persons.hpp"

#include <string>
#include <vector>

#include "mta/core/error.hpp"

namespace mta {
namespace {

class SightingRows final : public RowPersons {
 public:
  SightingRows(SeenPersons& all, std::vector<KindId> kinds)
      : all_(all), kinds_(std::move(kinds)), writer_(all.rules(), seen_) {}

  std::string_view visitor(std::span<const std::string_view> identifiers) override {
    for (std::size_t i = 0; i < kinds_.size(); ++i) writer_.add(kinds_[i], identifiers[i]);
    return writer_.key_text();
  }
  void keep(TimePoint time) override { writer_.finish(time); }
  void drop() override { writer_.drop(); }
  void finish() override { all_.merge(seen_); }

 private:
  SeenPersons& all_;
  std::vector<KindId> kinds_;
  Sightings seen_;
  SightingWriter writer_;
};

}  // namespace

RowPersonsMaker SeenPersons::maker(const Schema& schema) {
  std::vector<KindId> kinds;
  for (const IdentifierColumn& identifier : schema.identifiers) {
    const auto kind = rules_.kind(identifier.kind);
    if (!kind) {
      throw Error(Errc::invalid_option,
                  "identity.kinds must name all kinds of the columns, and \"" + identifier.kind +
                      "\" is not among them");
    }
    kinds.push_back(*kind);
  }
  return [this, kinds = std::move(kinds)] { return std::make_unique<SightingRows>(*this, kinds); };
}

void SeenPersons::merge(const Sightings& sightings) {
  const std::scoped_lock lock(mutex_);
  sightings_.merge(sightings);
}

}  // namespace mta
