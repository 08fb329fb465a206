#pragma once
#include <nlohmann/json.hpp>
#include <vector>

#include "mta/pipeline/spec.hpp"
#include "pipeline/json_fields.hpp"

namespace mta {

/// Takes what says how a table is read: columns, times, separators, channel rules.
void read_table(JsonFields& fields, Schema& schema);

/// The list `sources`. @param schema  the spec's, which they build on
[[nodiscard]] std::vector<SourceSpec> read_sources(const nlohmann::json& given,
                                                   const Schema& schema);

}  // namespace mta
