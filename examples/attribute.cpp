// Events in, credits out: the main job as a program. Everything it does is in mta/pipeline; here
// are only the command line, files, and messages to people. docs/formats/command_line.md is its
// contract.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "mta/core/error.hpp"
#include "mta/core/version.hpp"
#include "mta/core/workers.hpp"
#include "mta/ingest/ingest_report.hpp"
#include "mta/pipeline/explain.hpp"
#include "mta/pipeline/run.hpp"
#include "mta/pipeline/spec.hpp"
#include "mta/report/credit_ledger.hpp"
#include "mta/report/explanation.hpp"
#include "mta/report/report.hpp"
#include "mta/report/timeline.hpp"
#include "output_file.hpp"

namespace {

struct Arguments {
  std::string spec, format = "table", output, rejects, ledger;
  std::vector<std::string> models, goals, by, journeys, why, inputs;
  std::size_t threads = mta::default_threads();
  std::uint64_t memory = mta::EventStorage::unlimited;
  std::string spill_directory;
  bool paths = false, quiet = false, statistics = false;
};

std::stop_source stop;
extern "C" void on_signal(int) { stop.request_stop(); }

/// The spec that the command line describes. Options given there go before the file's.
mta::Spec make_spec(const Arguments& arguments) {
  mta::Spec spec;
  if (!arguments.spec.empty()) {
    spec = mta::parse_spec(mta::examples::read_file(arguments.spec));
    const auto folder = std::filesystem::path(arguments.spec).parent_path();
    for (mta::SourceSpec& source : spec.sources) {  // files stand beside the spec that names them
      for (std::string& file : source.files) file = (folder / file).string();
    }
  }
  if (!arguments.models.empty()) spec.models.clear();
  for (const std::string& model : arguments.models) {
    spec.models.push_back(mta::parse_model_request(model));
  }
  if (!arguments.by.empty()) spec.by = arguments.by;
  if (arguments.statistics && !spec.statistics) spec.statistics = mta::default_top_paths;
  if (arguments.goals.empty()) return spec;
  // A goal that is not asked for may still be a stage of one that is.
  std::vector<mta::Goal> chosen;
  for (const std::string& name : arguments.goals) {
    if (arguments.spec.empty()) {
      chosen.push_back(mta::goal_for_event(name));
      continue;
    }
    const auto goals = mta::goals_of(spec);
    const auto at = std::find_if(goals.begin(), goals.end(),
                                 [&](const mta::Goal& goal) { return goal.name == name; });
    if (at == goals.end()) {
      throw mta::Error(mta::Errc::invalid_option, "--goal " + name + ": the spec has no such goal");
    }
    chosen.push_back(*at);
  }
  for (mta::Goal& goal : spec.goals) {
    const auto same = [&](const mta::Goal& other) { return other.name == goal.name; };
    if (std::any_of(chosen.begin(), chosen.end(), same)) continue;
    if (std::any_of(spec.stages.begin(), spec.stages.end(), same)) continue;
    spec.stages.push_back(std::move(goal));
  }
  spec.goals = std::move(chosen);
  return spec;
}

std::string render(const mta::Result& result, const std::string& format) {
  if (format == "json") return mta::to_json(result);
  if (format == "csv") return mta::to_csv(result);
  return format == "markdown" ? mta::to_markdown(result) : mta::to_table(result);
}

/// Says on stderr which columns were recognised and what was rejected; the answer says it too, in
/// the forms that have room for it.
void report_input(const mta::IngestReport& input) {
  for (const mta::ColumnChoice& choice : input.columns) {
    if (choice.recognised) {
      std::cerr << "column '" << choice.column << "' is taken as " << choice.role << '\n';
    }
  }
  for (std::size_t i = 0; i < mta::reject_reasons; ++i) {
    if (input.rejected_by_reason[i] == 0) continue;
    std::cerr << input.rejected_by_reason[i] << " of " << input.rows
              << " rows rejected: " << mta::name_of(static_cast<mta::RejectReason>(i)) << '\n';
  }
  for (const mta::RejectExample& example : input.examples) {
    std::cerr << "  " << example.source << ':' << example.line << ": "
              << mta::name_of(example.reason) << ": " << example.row << '\n';
  }
}

std::vector<mta::Source> open_inputs(const Arguments& arguments) {
  std::vector<mta::Source> sources;
  for (const std::string& input : arguments.inputs) sources.push_back(mta::Source::file(input));
  return sources;
}

/// Instead of a report: why the person with these identifiers is one.
int explain(const Arguments& arguments, const mta::Spec& spec, const mta::RunOptions& options) {
  const auto is_stdin = [](const std::string& input) { return input == "-"; };
  if (std::any_of(arguments.inputs.begin(), arguments.inputs.end(), is_stdin)) {
    throw mta::Error(mta::Errc::invalid_option,
                     "--why reads its input twice, and standard input can be read only once");
  }
  mta::ExplainOptions asked{.identifier = arguments.why.front()};
  if (arguments.why.size() > 1) asked.other = arguments.why[1];
  const auto open = [&] { return open_inputs(arguments); };
  mta::examples::OutputFile output(arguments.output);
  output.write(mta::to_text(mta::explain(spec, open, asked, options)));
  output.close();
  return 0;
}

int attribute(const Arguments& arguments) {
  const mta::Spec spec = make_spec(arguments);
  mta::RunOptions options{.threads = arguments.threads,
                          .stop = stop.get_token(),
                          .memory = arguments.memory,
                          .spill_directory = arguments.spill_directory};
  if (arguments.inputs.empty() && spec.sources.empty()) {
    throw mta::Error(mta::Errc::invalid_option, "there is no INPUT, and the spec names no sources");
  }
  if (!arguments.why.empty()) return explain(arguments, spec, options);
  mta::examples::OutputFile ledger_file(arguments.ledger);
  const bool is_ndjson =
      arguments.ledger.ends_with(".ndjson") || arguments.ledger.ends_with(".jsonl");
  mta::CreditLedger ledger(is_ndjson ? mta::LedgerFormat::ndjson : mta::LedgerFormat::csv,
                           [&](std::string_view lines) { ledger_file.write(lines); });
  mta::Timeline timeline;
  if (!arguments.ledger.empty()) options.trail = &ledger;
  if (!arguments.journeys.empty()) {
    options.trail = &timeline;
    options.trail_of = arguments.journeys;
  }
  mta::ReadOptions reading;
  mta::examples::OutputFile rejects(arguments.rejects);
  if (!arguments.rejects.empty()) {
    reading.rejects = [&](std::string_view source, std::uint64_t line, mta::RejectReason reason,
                          std::string_view row) {
      rejects.write(std::string(source) + ':' + std::to_string(line) + '\t' +
                    std::string(mta::name_of(reason)) + '\t' + std::string(row) + '\n');
    };
  }
  const bool show_progress = !arguments.quiet && isatty(STDERR_FILENO) != 0;
  if (show_progress) {
    reading.control.progress = [](std::uint64_t bytes) {
      std::fprintf(stderr, "\rread %.1f MB", static_cast<double>(bytes) / 1e6);
    };
  }
  std::vector<mta::Source> sources = open_inputs(arguments);
  if (arguments.paths && sources.size() != 1) {
    throw mta::Error(mta::Errc::invalid_option, "--paths takes exactly one input");
  }
  const mta::Result result =
      arguments.paths ? mta::run_paths(spec, std::move(sources.front()), options, reading)
                      : mta::run(spec, std::move(sources), options, reading);
  if (show_progress) std::fputs("\r\033[K", stderr);
  rejects.close();
  if (!arguments.quiet) report_input(result.input);
  if (!arguments.ledger.empty()) ledger_file.close();
  if (!arguments.journeys.empty() && timeline.text().empty()) {
    throw mta::Error(mta::Errc::invalid_option, "--journey: that person has no journey");
  }
  mta::examples::OutputFile output(arguments.output);
  output.write(arguments.journeys.empty() ? render(result, arguments.format) : timeline.text());
  output.close();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  CLI::App app("Who earned each conversion: multi-touch attribution of touchpoint events");
  app.set_version_flag("--version", std::string(mta::version));
  app.add_option("INPUT", arguments.inputs,
                 ".csv .tsv .ndjson .jsonl, each also .gz or .zst, or - for CSV on standard input; "
                 "none is needed where the spec names its sources");
  app.add_option("--spec", arguments.spec, "columns, goals and models as JSON");
  app.add_option("--model", arguments.models, "NAME[:key=value,...]; repeatable")
      ->allow_extra_args(false);
  app.add_option("--goal", arguments.goals,
                 "a goal of the spec, or the event that converts; repeatable")
      ->allow_extra_args(false);
  app.add_option("--by", arguments.by, "dimensions to break credit down by")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--format", arguments.format)
      ->check(CLI::IsMember({"table", "json", "csv", "markdown"}));
  app.add_option("--output", arguments.output, "a file instead of standard output");
  app.add_option("--rejects", arguments.rejects, "a file for rejected rows, whole");
  const auto ledger = app.add_option(
      "--ledger", arguments.ledger,
      "a file for what each touch of each conversion earned: .ndjson or .jsonl, else CSV");
  const auto journey =
      app.add_option(
             "--journey", arguments.journeys,
             "instead of the report: the journeys of the person with this identifier; repeatable")
          ->allow_extra_args(false)
          ->excludes(ledger);
  app.add_option("--why", arguments.why,
                 "instead of the report: why the person with this identifier is one, with the rows "
                 "that say so; with a second one, how the two are linked")
      ->allow_extra_args(false)
      ->expected(1, 2)
      ->multi_option_policy(CLI::MultiOptionPolicy::Throw)
      ->excludes(ledger, journey);
  app.add_option("--threads", arguments.threads)->check(CLI::Range(1, 1024));
  app.add_option(
         "--memory", arguments.memory,
         "what events may take, such as 512MiB or 2GiB; those beyond go to a file meanwhile")
      ->transform(CLI::AsSizeValue(false));
  app.add_option("--spill-dir", arguments.spill_directory, "the folder of that file");
  app.add_flag(
      "--paths", arguments.paths,
      "the input is a path table: path,total_conversions,total_conversion_value,total_null");
  app.add_flag("--statistics", arguments.statistics,
               "show the journeys too: top paths, lengths, time lags, what channels assisted");
  app.add_flag("--quiet", arguments.quiet, "no word on stderr but errors");
  try {
    app.parse(argc, argv);
    if (arguments.inputs.empty() && arguments.spec.empty()) throw CLI::RequiredError("INPUT");
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  try {
    return attribute(arguments);
  } catch (const std::exception& error) {
    std::cerr << "attribute: " << error.what() << '\n';
    return 1;
  }
}
