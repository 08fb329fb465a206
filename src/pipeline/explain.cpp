#include "mta/pipeline/explain.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>

#include "mta/core/error.hpp"
#include "mta/ingest/row_finder.hpp"
#include "pipeline/each_source.hpp"
#include "pipeline/run_sources.hpp"
#include "pipeline/seen_persons.hpp"

namespace mta {
namespace {

/// The rows that show a person's identifiers beside others, gathered as sources are read again.
class Evidence {
 public:
  Evidence(const PersonGraph& graph, const IdentityRules& rules, std::size_t most)
      : graph_(graph), rules_(rules), most_(most) {
    for (const IdentifierPair& pair : rules.options().include) {
      for (const IdentifierName* each : {&pair.a, &pair.b}) name(*each);
    }
  }

  void read(Source source, const Schema& schema, RowsAre rows, ReadOptions reading) {
    if (schema.identifiers.empty()) return;
    reading.threads = 1;  // so that rows and their lines come in one order
    reading.persons = [&, kinds = kinds_of(schema, rules_)] {
      return std::make_unique<Rows>(*this, kinds);
    };
    find_rows(std::move(source), schema, rows, reading,
              [this](std::string_view name, std::uint64_t line, std::string_view) {
                place(std::string(name), line);
              });
  }

  [[nodiscard]] std::vector<EvidenceRow> rows() {
    keep_the_first();
    return std::move(rows_);
  }
  [[nodiscard]] std::uint64_t rows_in_all() const noexcept { return rows_in_all_; }
  /// By key, rising.
  [[nodiscard]] std::vector<NamedKey> texts() const {
    std::vector<NamedKey> texts;
    for (const auto& [key, named] : texts_) texts.push_back(named);
    return texts;
  }

 private:
  struct Seen {
    KindId kind;
    PersonKey key;
    std::string text;
    friend auto operator<=>(const Seen&, const Seen&) = default;
  };

  /// Gives a visitor to the rows that are asked for, and to no others.
  class Rows final : public RowPersons {
   public:
    Rows(Evidence& all, std::vector<KindId> kinds) : all_(all), kinds_(std::move(kinds)) {}

    std::string_view visitor(std::span<const std::string_view> identifiers) override {
      seen_.clear();
      for (std::size_t i = 0; i < kinds_.size(); ++i) see(kinds_[i], identifiers[i]);
      std::sort(seen_.begin(), seen_.end());
      seen_.erase(std::unique(seen_.begin(), seen_.end()), seen_.end());
      const auto known = [this](const Seen& seen) { return all_.graph_.find(seen.key) != nullptr; };
      const bool asked = std::any_of(seen_.begin(), seen_.end(), known);
      // One alone says nothing, but how the person's identifier is written.
      if (asked) all_.name(seen_);
      return asked && seen_.size() > 1 ? "?" : "";
    }
    void keep(TimePoint time) override { all_.add(time, seen_); }
    void drop() override {}
    void finish() override {}

   private:
    void see(KindId kind, std::string_view text) {
      Seen seen{kind, {}, {}};
      if (all_.rules_.read(kind, text, seen.text, seen.key) != IdentifierFate::taken) return;
      seen_.push_back(std::move(seen));
    }

    Evidence& all_;
    std::vector<KindId> kinds_;
    std::vector<Seen> seen_;
  };

  [[nodiscard]] NamedKey named(const Seen& seen) const {
    return {rules_.kinds()[index(seen.kind)].name, seen.key, seen.text};
  }
  /// The inclusion list may have identifiers that nobody has seen.
  void name(const IdentifierName& given) {
    const auto kind = rules_.kind(given.kind);
    if (!kind) return;  // a key
    Seen seen{*kind, {}, {}};
    (void)rules_.read(*kind, given.text, seen.text, seen.key);  // it was checked with the rules
    name(std::span(&seen, 1));
  }
  void name(std::span<const Seen> seen) {
    for (const Seen& each : seen) texts_.try_emplace(each.key, named(each));
  }
  void add(TimePoint time, std::span<const Seen> seen) {
    EvidenceRow row{time, {}, 0, {}};
    for (const Seen& each : seen) row.identifiers.push_back(named(each));
    without_place_.push_back(std::move(row));
  }
  void place(std::string source, std::uint64_t line) {
    EvidenceRow row = std::move(without_place_.front());
    without_place_.pop_front();
    row.source = std::move(source);
    row.line = line;
    rows_.push_back(std::move(row));
    ++rows_in_all_;
    if (rows_.size() >= 2 * most_ + 1'024) keep_the_first();
  }
  void keep_the_first() {
    std::sort(rows_.begin(), rows_.end(), [](const EvidenceRow& a, const EvidenceRow& b) {
      return std::tie(a.time, a.source, a.line) < std::tie(b.time, b.source, b.line);
    });
    if (rows_.size() > most_) rows_.resize(most_);
  }

  const PersonGraph& graph_;
  const IdentityRules& rules_;
  std::size_t most_;
  std::map<PersonKey, NamedKey> texts_;
  std::deque<EvidenceRow> without_place_;  // kept, their lines still to come
  std::vector<EvidenceRow> rows_;
  std::uint64_t rows_in_all_ = 0;
};

/// The person, as all sources together say.
PersonGraph graph_of(const Spec& spec, const SourceOpener& open, const IdentityRules& rules,
                     const std::string& identifier, const RunOptions& run_options,
                     const ReadOptions& reading) {
  Run run(spec, run_options);
  (void)read_sources(run, spec, open(), reading);
  const Sightings& seen = run.sightings();
  PersonGraph graph(seen, rules, resolve(seen, rules), key_of(identifier, rules));
  if (graph.identifiers().empty()) {
    throw Error(Errc::invalid_option, "no row has the identifier '" + identifier + "'");
  }
  return graph;
}

}  // namespace

Explanation explain(const Spec& spec, const SourceOpener& open, const ExplainOptions& options,
                    const RunOptions& run_options, ReadOptions reading) {
  const IdentityRules rules(identity_of(spec));
  std::optional<PersonKey> other;
  if (!options.other.empty()) other = key_of(options.other, rules);
  Explanation explanation{graph_of(spec, open, rules, options.identifier, run_options, reading),
                          {},
                          0,
                          key_of(options.identifier, rules),
                          other};
  Evidence evidence(explanation.graph, rules, options.rows);
  reading.control.stop = run_options.stop;
  for_each_source(spec, open(), [&](Source source, const Schema& schema, RowsAre rows) {
    evidence.read(std::move(source), schema, rows, reading);
  });
  explanation.rows = evidence.rows();
  explanation.rows_in_all = evidence.rows_in_all();
  explanation.graph.set_texts(evidence.texts());
  return explanation;
}

}  // namespace mta
