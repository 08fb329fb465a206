#pragma once
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace mta::test {

/// The folder of real data and of other projects' expected results, or nothing where it is missing.
inline std::optional<std::filesystem::path> shared_data() {
  const char* const given = std::getenv("MTA_SHARED_DATA");
  const std::filesystem::path folder = given != nullptr ? given : MTA_DEFAULT_SHARED_DATA;
  if (std::filesystem::is_directory(folder)) return folder;
  return std::nullopt;
}

inline bool in_ci() { return std::getenv("CI") != nullptr; }

}  // namespace mta::test

/// Declares `variable`, a file or folder of the shared data. Where it is missing the test is skipped,
/// visibly; in CI it fails.
#define MTA_SHARED_DATA_OR_SKIP(variable, name)                                        \
  std::filesystem::path variable;                                                      \
  if (const auto mta_shared_folder = mta::test::shared_data();                         \
      mta_shared_folder && std::filesystem::exists(*mta_shared_folder / (name))) {     \
    variable = *mta_shared_folder / (name);                                            \
  } else if (mta::test::in_ci()) {                                                     \
    FAIL() << "shared data are missing: " << (name) << " (set MTA_SHARED_DATA)";       \
  } else {                                                                             \
    GTEST_SKIP() << "shared data are missing: " << (name) << " (set MTA_SHARED_DATA)"; \
  }
