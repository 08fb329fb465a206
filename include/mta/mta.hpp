#pragma once
/// All of mta's public headers.
#include "mta/pipeline/run.hpp"
#include "mta/pipeline/spec.hpp"
#include "mta/report/report.hpp"
