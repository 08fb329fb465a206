#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/core/units.hpp"

namespace mta {

/// Walks over the fields of an options struct, to read them from a spec or to write them down. A
/// model lists its fields once, in `static void describe(OptionFields&, Options&)`; both ways
/// follow.
class MTA_EXPORT OptionFields {
 public:
  virtual ~OptionFields();
  virtual void number(std::string_view key, double& value) = 0;
  virtual void integer(std::string_view key, std::int64_t& value) = 0;
  virtual void duration(std::string_view key, Seconds& value) = 0;
  virtual void text(std::string_view key, std::string& value) = 0;
  virtual void numbers(std::string_view key, std::vector<double>& value) = 0;
  virtual void texts(std::string_view key, std::vector<std::string>& value) = 0;
  /// A number for each of some names.
  virtual void weights(std::string_view key, std::map<std::string, double>& value) = 0;

  /// An enum by the names of its values, in their order from 0.
  template <class Enum>
  void choice(std::string_view key, Enum& value, std::span<const std::string_view> names) {
    auto index = static_cast<std::size_t>(value);
    choice_index(key, index, names);
    value = static_cast<Enum>(index);
  }

 private:
  virtual void choice_index(std::string_view key, std::size_t& index,
                            std::span<const std::string_view> names) = 0;
};

}  // namespace mta
