#include "mta/identity/sighting_writer.hpp"

#include <tuple>

namespace mta {

namespace {

constexpr std::size_t longest_wait = 16;  // in rows

}  // namespace

SightingWriter::SightingWriter(const IdentityRules& rules, Sightings& sightings, Rows rows)
    : rules_(rules), sightings_(sightings) {
  if (rows == Rows::late && sightings.keeps_texts() == KeepTexts::no) {
    waiting_.resize(longest_wait);
  }
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
  if (waiting_.empty()) {
    sightings_.add(time, row_);
  } else {
    wait(time);
  }
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

/// Puts the row in the place of the oldest, which is added. Its slots are asked for now, what they
/// point to when half the others have gone.
void SightingWriter::wait(TimePoint time) {
  for (const Identifier& identifier : row_) sightings_.prefetch_slot(identifier.key);
  const Waiting& half_way = waiting_[(oldest_ + longest_wait / 2) % longest_wait];
  for (const Identifier& identifier : half_way.row) sightings_.prefetch_entry(identifier.key);
  Waiting& oldest = waiting_[oldest_];
  oldest_ = (oldest_ + 1) % longest_wait;
  if (!oldest.row.empty()) sightings_.add(oldest.time, oldest.row);
  oldest.time = time;
  oldest.row.swap(row_);
}

void SightingWriter::flush() {
  for (Waiting& each : waiting_) {
    if (!each.row.empty()) sightings_.add(each.time, each.row);
    each.row.clear();
  }
}

void SightingWriter::drop() noexcept {
  row_.clear();
  forms_.clear();
  refused_.clear();
  best_.reset();
  key_text_.clear();
}

}  // namespace mta
