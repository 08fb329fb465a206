// A model of one's own, run beside those that come with mta, and held to the same laws.
//
//   own_model FILE.csv
#include <algorithm>
#include <iostream>
#include <random>
#include <sstream>

#include "mta/mta.hpp"
#include "output_file.hpp"

namespace {

struct StaircaseOptions {
  double step = 1.0;  ///< what each touch weighs more than the one before it; finite and >= 0
};

/// Staircase: the first touch weighs 1, each later one `step` more. A step of 0 is linear.
class Staircase {
 public:
  using Options = StaircaseOptions;
  static constexpr mta::ModelInfo info{.name = "staircase", .kind = mta::ModelKind::rule};

  explicit Staircase(const StaircaseOptions& options = {}) : options_(options) {
    if (!(options.step >= 0.0 && options.step < 1e6)) {  // NaN lands here too
      throw mta::Error(
          mta::Errc::invalid_option,
          "staircase.step must be >= 0 and below 1e6, got " + std::to_string(options.step));
    }
  }
  [[nodiscard]] const StaircaseOptions& options() const { return options_; }
  static void describe(mta::OptionFields& fields, StaircaseOptions& options) {
    fields.number("step", options.step);
  }
  void weigh(const mta::Journey& /*journey*/, std::span<double> weight) const {
    for (std::size_t i = 0; i < weight.size(); ++i) {
      weight[i] = 1.0 + options_.step * static_cast<double>(i);
    }
  }

 private:
  StaircaseOptions options_;
};
static_assert(mta::RuleModel<Staircase>);

mta::Spec make_spec() {
  mta::Spec spec;
  spec.goals = {mta::goal_for_event("sale")};
  spec.goals.front().deduplicate_by = "order_id";
  spec.models = {{"last"}, {"linear"}, {"staircase"}, {"staircase", R"({"step": 0})"}};
  return spec;
}

mta::Result answer(std::string_view csv, const mta::RunOptions& options) {
  std::vector<mta::Source> sources;
  sources.push_back(mta::Source::memory("touchpoints", csv, mta::SourceFormat::csv));
  return mta::run(make_spec(), std::move(sources), options);
}

/// Law 1: what a model hands out is what was booked, to the last millionth.
void check_conserved(const mta::GoalResult& goal) {
  for (const mta::ModelResult& model : goal.models) {
    mta::Worth sum;
    for (const mta::CreditRow& row : model.credits) sum += row.credit;
    if (sum != goal.booked) throw std::logic_error(model.model + " does not conserve worth");
  }
}

/// Every line but the header in another order. No field of the file holds a line break.
std::string shuffled(const std::string& csv) {
  std::istringstream text(csv);
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  std::shuffle(lines.begin() + 1, lines.end(), std::minstd_rand(20240301));
  std::string joined;
  for (const std::string& line : lines) joined += line + '\n';
  return joined;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: own_model FILE.csv\n";
    return 2;
  }
  try {
    mta::Registry models = mta::builtin_models();
    models.add<Staircase>();

    const std::string csv = mta::examples::read_file(argv[1]);
    const mta::Result result = answer(csv, {.registry = &models});
    std::cout << mta::to_table(result);

    for (const mta::GoalResult& goal : result.goals) check_conserved(goal);
    const std::string other_way =
        mta::to_json(answer(shuffled(csv), {.threads = 3, .registry = &models}));
    if (other_way != mta::to_json(result))
      throw std::logic_error("the order of rows changes the answer");
    std::cout << "\nlaws: conserved; the same bytes for shuffled rows on 3 threads\n";
  } catch (const std::exception& error) {
    std::cerr << "own_model: " << error.what() << '\n';
    return 1;
  }
}
