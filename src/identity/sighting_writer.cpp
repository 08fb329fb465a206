#include "mta/identity/sighting_writer.hpp"

#include <tuple>

namespace mta {

SightingWriter::SightingWriter(const IdentityRules& rules, Sightings& sightings)
    : rules_(rules), sightings_(sightings) {
  for (const IdentifierKind& kind : rules.kinds()) kinds_.push_back(sightings.kind(kind.name));
}

IdentifierFate SightingWriter::add(KindId kind, std::string_view text) {
  Seen seen{kind, {}};
  const IdentifierFate fate = rules_.read(kind, text, form_, seen.key);
  const KindId known = kinds_[index(kind)];
  if (fate == IdentifierFate::blocked || fate == IdentifierFate::malformed) {
    refused_.emplace_back(known, fate);
  }
  if (fate != IdentifierFate::taken) return fate;
  row_.push_back({seen.key, known});
  if (sightings_.keeps_texts() == KeepTexts::yes) forms_.push_back(form_);
  if (!rules_.ignores(seen.key) && (!best_ || goes_before(seen, *best_))) {
    best_ = seen;
    set_identifier_text(rules_.kinds()[index(kind)].name, form_, key_text_);
  }
  return fate;
}

bool SightingWriter::goes_before(const Seen& a, const Seen& b) const noexcept {
  const auto order = [&](const Seen& seen) {
    return std::tuple(rules_.kinds()[index(seen.priority)].level, seen.priority, seen.key);
  };
  return order(a) < order(b);
}

std::optional<PersonKey> SightingWriter::finish(TimePoint time) {
  sightings_.add(time, row_);
  for (std::size_t i = 0; i < forms_.size(); ++i) sightings_.keep_text(row_[i], forms_[i]);
  for (const auto& [kind, fate] : refused_) {
    RefusedTexts& refused = sightings_.refused(kind);
    ++(fate == IdentifierFate::blocked ? refused.blocked : refused.malformed);
  }
  const std::optional<Seen> best = best_;
  drop();
  if (!best) return std::nullopt;
  return best->key;
}

void SightingWriter::drop() noexcept {
  row_.clear();
  forms_.clear();
  refused_.clear();
  best_.reset();
  key_text_.clear();
}

}  // namespace mta
