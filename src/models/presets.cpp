#include "models/presets.hpp"

#include "mta/models/channel_pick.hpp"
#include "mta/models/first_touch.hpp"
#include "mta/models/last_touch.hpp"
#include "mta/models/linear.hpp"
#include "mta/models/milestones.hpp"
#include "mta/models/participation.hpp"
#include "mta/models/position_based.hpp"
#include "mta/models/same_touch.hpp"
#include "mta/models/time_decay.hpp"

namespace mta {
namespace {

constexpr PositionBasedOptions j{.first = 0.2, .middle = 0.2, .last = 0.6};
constexpr PositionBasedOptions inverse_j{.first = 0.6, .middle = 0.2, .last = 0.2};

using Middle = MilestonesOptions::Middle;

MilestonesOptions u_milestones() {
  return {.first = 0.4, .stages = {"lead"}, .stage_weights = {0.4}, .last = 0, .middle = 0.2};
}
MilestonesOptions w_milestones(Middle middle) {
  return {.first = 0.3,
          .stages = {"lead", "opportunity"},
          .stage_weights = {0.3, 0.3},
          .last = 0,
          .middle = 0.1,
          .middle_touches = middle};
}
MilestonesOptions full_path() {
  return {.first = 0.225,
          .stages = {"lead", "opportunity"},
          .stage_weights = {0.225, 0.225},
          .last = 0.225,
          .middle = 0.1};
}

// What a goal calls the stages is all that a spec may say.
void name_lead(OptionFields& fields, MilestonesOptions& options) {
  fields.text("lead", options.stages[0]);
}
void name_lead_opportunity(OptionFields& fields, MilestonesOptions& options) {
  name_lead(fields, options);
  fields.text("opportunity", options.stages[1]);
}
void name_lead_customer(OptionFields& fields, MilestonesOptions& options) {
  name_lead(fields, options);
  fields.text("customer", options.stages[1]);
}

void name_half_life(OptionFields& fields, TimeDecayOptions& options) {
  fields.duration("half_life", options.half_life);
}

void add_shapes(Registry& registry) {
  registry.add_preset<PositionBased>("j_shaped", j);
  registry.add_preset<PositionBased>("inverse_j", inverse_j);
  registry.add_preset<Milestones>("u_milestone", u_milestones(), name_lead);
  registry.add_preset<Milestones>("w_shaped", w_milestones(Middle::all), name_lead_opportunity);
  registry.add_preset<Milestones>("full_path", full_path(), name_lead_opportunity);
}

void add_adobe(Registry& registry) {
  registry.add_preset<FirstTouch>("adobe_first", {});
  registry.add_preset<LastTouch>("adobe_last", {});
  registry.add_preset<Linear>("adobe_linear", {});
  registry.add_preset<Participation>("adobe_participation", {});
  registry.add_preset<SameTouch>("adobe_same_touch", {});
  registry.add_preset<PositionBased>("adobe_u", {});
  registry.add_preset<PositionBased>("adobe_j", j);
  registry.add_preset<PositionBased>("adobe_inverse_j", inverse_j);
  registry.add_preset<TimeDecay>("adobe_time_decay", {}, name_half_life);
}

void add_milestone_tools(Registry& registry) {
  registry.add_preset<Milestones>("hubspot_u", u_milestones(), name_lead);
  registry.add_preset<Milestones>("hubspot_w", w_milestones(Middle::all), name_lead_opportunity);
  registry.add_preset<Milestones>("hubspot_full_path", full_path(), name_lead_opportunity);
  registry.add_preset<Milestones>("ruler_u", u_milestones(), name_lead);
  MilestonesOptions ruler_w = w_milestones(Middle::all);
  ruler_w.stages[1] = "customer";
  registry.add_preset<Milestones>("ruler_w", ruler_w, name_lead_customer);
  registry.add_preset<Milestones>("ruler_full_path", full_path(), name_lead_opportunity);
  registry.add_preset<Milestones>(
      "marketo_u",
      {.first = 0.5, .stages = {"lead"}, .stage_weights = {0.5}, .last = 0, .middle = 0},
      name_lead);
  registry.add_preset<Milestones>("marketo_w", w_milestones(Middle::between),
                                  name_lead_opportunity);
  registry.add_preset<Milestones>("marketo_full_path", full_path(), name_lead_opportunity);
}

void add_web_analytics(Registry& registry) {
  registry.add_preset<LastNonDirect>("ga4_paid_and_organic_last_click", {});
  registry.add_preset<TimeDecay>("posthog_time_decay", {.window_share = 0.25});
  registry.add_preset<FirstTouch>("snowplow_first", {});
  registry.add_preset<LastTouch>("snowplow_last", {});
  registry.add_preset<Linear>("snowplow_linear", {});
  registry.add_preset<PositionBased>("snowplow_position", {});
  registry.add_preset<TimeDecay>("dp6_time_decay", {.half_life = days(7), .step = days(7)});
}

}  // namespace

void add_presets(Registry& registry) {
  add_shapes(registry);
  add_adobe(registry);
  add_milestone_tools(registry);
  add_web_analytics(registry);
}

}  // namespace mta
