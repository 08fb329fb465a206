#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "journeys/journey_batch.hpp"
#include "journeys/transforms.hpp"
#include "mta/journeys/journey_builder.hpp"

namespace mta {
namespace {

__extension__ typedef unsigned __int128 Wide;

/// Whole journeys in a sum of micro-units, to nearest.
std::uint64_t whole(Wide micros) noexcept {
  return static_cast<std::uint64_t>((micros + 500'000) / 1'000'000);
}

class PathJourneys {
 public:
  PathJourneys(const PathTable& paths, const Goal& goal, const JourneySink& sink,
               GoalCounts& counts)
      : paths_(paths),
        goal_(goal),
        names_(channel_names(paths)),
        transforms_(goal, names_),
        batch_(sink, room_, 0),
        counts_(counts) {
    for (const std::string_view text : paths.channels.texts()) {
      const auto at = std::lower_bound(names_.begin(), names_.end(), text);
      numbers_.push_back(ChannelId{static_cast<std::uint32_t>(at - names_.begin())});
    }
  }

  void run() {
    for (std::size_t row = 0; row < paths_.rows(); ++row) add_row(row);
    batch_.flush();
    counts_.converting_journeys += whole(converting_);
    counts_.null_journeys += whole(nulls_);
  }

 private:
  void add_row(std::size_t row) {
    make_path(row);
    const Worth& worth = paths_.worth[row];
    const Micros nulls = paths_.nulls[row];
    const bool blank = paths_.offsets[row] == paths_.offsets[row + 1];
    const Fate fate = blank           ? Fate::not_a_touch
                      : path_.empty() ? Fate::removed_by_transform
                                      : Fate::in_journey;
    ++counts_.events[static_cast<std::size_t>(fate)];
    if (worth != Worth{}) {
      counts_.booked.add(worth);
      if (path_.empty()) {
        counts_.unattributed.add(worth);
        unattributed_ += static_cast<std::uint64_t>(worth.conversions.units);
        counts_.unattributed_conversions = whole(unattributed_);
        return;
      }
      converting_ += static_cast<std::uint64_t>(worth.conversions.units);
      emit(row, {.worth = worth, .count = worth.conversions, .outcome = Outcome::converted});
    }
    if (nulls > Micros{0} && !path_.empty()) {
      nulls_ += static_cast<std::uint64_t>(nulls.units);
      emit(row, {.count = nulls});
    }
  }

  void make_path(std::size_t row) {
    std::uint64_t begin = paths_.offsets[row];
    const std::uint64_t end = paths_.offsets[row + 1];
    if (end - begin > goal_.lookback.touches) begin = end - goal_.lookback.touches;
    path_.resize(end - begin);
    std::transform(paths_.touches.begin() + static_cast<std::ptrdiff_t>(begin),
                   paths_.touches.begin() + static_cast<std::ptrdiff_t>(end), path_.begin(),
                   [this](std::uint32_t code) { return numbers_[code]; });
    if (!transforms_.empty()) transform_path();
  }

  void transform_path() {
    touches_.clear();
    for (const ChannelId channel : path_) touches_.push_back({channel, 0});
    transforms_.apply(touches_, seen_);
    path_.clear();
    for (const PathTouch& touch : touches_) path_.push_back(touch.channel);
  }

  void emit(std::size_t row, const JourneyEnd& end) {
    Journeys& journeys = batch_.journeys();
    journeys.add_touch(path_.front(), static_cast<std::uint32_t>(row));  // none has a time
    const Journeys::Room room = journeys.add_touches(path_.size() - 1);
    for (std::size_t i = 1; i < path_.size(); ++i) {
      room.channel[i - 1] = path_[i];
      room.row[i - 1] = static_cast<std::uint32_t>(row);
    }
    batch_.end(end);
  }

  const PathTable& paths_;
  const Goal& goal_;
  std::vector<std::string_view> names_;
  PathTransforms transforms_;
  Journeys room_;
  JourneyBatch batch_;
  GoalCounts& counts_;
  std::vector<ChannelId> numbers_;
  std::vector<ChannelId> path_;
  std::vector<PathTouch> touches_;  // the path while it is transformed
  std::vector<std::uint8_t> seen_;
  Wide converting_ = 0, nulls_ = 0, unattributed_ = 0;
};

}  // namespace

std::vector<std::string_view> channel_names(const PathTable& paths) {
  std::vector<std::string_view> names(paths.channels.texts());
  std::erase(names, std::string_view{});
  std::sort(names.begin(), names.end());
  return names;
}

void build_journeys(const PathTable& paths, const Goal& goal, const JourneySink& sink,
                    GoalCounts& counts) {
  validate(goal);
  PathJourneys(paths, goal, sink, counts).run();
}

}  // namespace mta
