#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/credits/credit_trail.hpp"
#include "mta/credits/result.hpp"
#include "mta/identity/links.hpp"
#include "mta/identity/sightings.hpp"
#include "mta/ingest/events.hpp"
#include "mta/ingest/path_table.hpp"
#include "mta/ingest/read_options.hpp"
#include "mta/ingest/source.hpp"
#include "mta/models/registry.hpp"
#include "mta/pipeline/spec.hpp"

namespace mta {

/// How a run works; nothing here changes what it answers.
struct RunOptions {
  std::size_t threads = 1;
  std::stop_token stop = {};
  /// Called with buckets done so far and in all, from one thread at a time.
  std::function<void(std::size_t done, std::size_t all)> progress = {};
  /// Bytes that events and the work on them shall stay within, by and large: events beyond go to a
  /// file without a name and come back bucket by bucket (docs/architecture.md, "Memory"). At least
  /// 16 MiB.
  std::uint64_t memory = EventStorage::unlimited;
  std::string spill_directory = {};  ///< where that file is; empty: where the system keeps such files
  /// Gets what each single touch earned, in a pass of its own on one thread after each goal's
  /// others; it must outlive the run. Not for path tables, which have no persons.
  CreditTrail* trail = nullptr;
  /// Identifiers of the persons whose journeys the trail gets, as the events write them; those of
  /// other kinds than the visitor's with their kind, "email:ann@example.com". None: all persons.
  /// What `CreditTrail::end` gets is of all persons all the same.
  std::vector<std::string> trail_of = {};
  /// Models by name; it must outlive the run.
  const Registry* registry = &builtin_models();
};

/// A question being answered: events or path tables go in, credits come out.
///
///   Promises  the result depends on the spec, the rows and the links alone: not on the order in
///             which they come (unless a goal's ties are by input order), nor on threads
///   Errors    construction: @throws Error{Errc::invalid_option, Errc::unknown_model}
///             add, link: @throws Error{Errc::invalid_option} where the layout is not `layout()`, or
///             a path table meets events or links
///             finish: @throws Error{Errc::overflow, mixed_currencies, needs_times, cancelled}
///   Cost      finish: one pass over the events, a second one where a fitted model credits touches
class MTA_EXPORT Run {
 public:
  explicit Run(Spec spec, RunOptions options = {});
  Run(Run&&) noexcept;
  Run& operator=(Run&&) noexcept;
  ~Run();

  [[nodiscard]] const Schema& schema() const noexcept;
  /// The layout that events must have.
  [[nodiscard]] EventLayout layout() const;
  /// The schema of one of the spec's sources.
  [[nodiscard]] Schema schema(const SourceSpec& source) const;
  /// How events of a schema are to be read: with the options' threads and stop, and with whom rows
  /// are of, where the schema has identifiers. The run must not be moved while they are read.
  /// @throws Error{Errc::invalid_option} where the identity rules do not know a kind of identifier
  [[nodiscard]] ReadOptions reading(const Schema& schema, ReadOptions options = {});
  /// Where events should be kept to stay within the options' memory.
  [[nodiscard]] EventStorage storage() const;

  /// Events count as later input than all before. A run takes events or one path table, not both.
  void add(Events events);
  void add(PathTable paths);
  /// Identifiers of one person, on top of those known so far: their events become one person's, those
  /// that came before and those to come. A path table has no persons: with one, links are an error.
  void link(const Links& links);
  /// What earlier runs have seen of identifiers, or what link files say: as if it were read with the
  /// events.
  void see(const Sightings& sightings);
  /// What was seen so far, to be saved for later runs. Empty where nothing has identifiers.
  [[nodiscard]] const Sightings& sightings() const noexcept;

  /// Answers; the run is done afterwards and takes nothing more.
  [[nodiscard]] Result finish();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// Reads all sources, those that the spec names after those given, and answers. `reading.threads`,
/// `reading.persons` and `reading.control.stop` are set from `options`.
[[nodiscard]] MTA_EXPORT Result run(const Spec& spec, std::vector<Source> sources,
                                    const RunOptions& options = {}, ReadOptions reading = {});

/// The same for one path table.
[[nodiscard]] MTA_EXPORT Result run_paths(const Spec& spec, Source source, const RunOptions& options = {},
                                          ReadOptions reading = {});

}  // namespace mta
