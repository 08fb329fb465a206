#include "pipeline/seen_persons.hpp"

#include <set>
#include <string>
#include <utility>

#include "mta/core/error.hpp"

namespace mta {
namespace {

class SightingRows final : public RowPersons {
 public:
  SightingRows(SeenPersons& all, std::vector<KindId> kinds)
      : all_(all),
        kinds_(std::move(kinds)),
        writer_(all.rules(), seen_, SightingWriter::Rows::late) {}

  std::string_view visitor(std::span<const std::string_view> identifiers) override {
    for (std::size_t i = 0; i < kinds_.size(); ++i) writer_.add(kinds_[i], identifiers[i]);
    return writer_.key_text();
  }
  void keep(TimePoint time) override { writer_.finish(time); }
  void drop() override { writer_.drop(); }
  void finish() override {
    writer_.flush();
    all_.merge(std::move(seen_));
  }

 private:
  SeenPersons& all_;
  std::vector<KindId> kinds_;
  Sightings seen_;
  SightingWriter writer_;
};

}  // namespace

PersonKey key_of(const std::string& identifier, const IdentityRules& rules) {
  const std::size_t colon = identifier.find(':');
  const auto kind =
      colon == std::string::npos ? std::nullopt : rules.kind(identifier.substr(0, colon));
  if (!kind) return person_key(identifier);
  std::string form;
  PersonKey key;
  if (rules.read(*kind, std::string_view(identifier).substr(colon + 1), form, key) !=
      IdentifierFate::taken) {
    throw Error(Errc::invalid_option, "'" + identifier + "' is no identifier of its kind");
  }
  return key;
}

std::vector<KindId> kinds_of(const Schema& schema, const IdentityRules& rules) {
  std::vector<KindId> kinds;
  for (const IdentifierColumn& identifier : schema.identifiers) {
    const auto kind = rules.kind(identifier.kind);
    if (!kind) {
      throw Error(Errc::invalid_option,
                  "identity.kinds must name all kinds of the columns, and \"" + identifier.kind +
                      "\" is not among them");
    }
    kinds.push_back(*kind);
  }
  return kinds;
}

RowPersonsMaker SeenPersons::maker(const Schema& schema) {
  return [this, kinds = kinds_of(schema, rules_)] {
    return std::make_unique<SightingRows>(*this, kinds);
  };
}

void SeenPersons::merge(Sightings sightings) {
  const std::scoped_lock lock(mutex_);
  if (sightings_.empty() && sightings_.kinds().empty()) {
    sightings_ = std::move(sightings);
  } else {
    sightings_.merge(sightings);
  }
}

std::vector<PersonKey> SeenPersons::persons(std::span<const std::string> identifiers,
                                            const PersonMap& map) const {
  std::set<PersonKey> persons;
  for (const std::string& identifier : identifiers) {
    persons.insert(map.person(key_of(identifier, rules_)));
  }
  return {persons.begin(), persons.end()};
}

}  // namespace mta
