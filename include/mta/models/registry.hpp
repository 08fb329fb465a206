#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/models/any_model.hpp"

namespace mta {

/// Models by name. A copy of `builtin_models()` plus a line for each of one's own is the usual
/// start.
class MTA_EXPORT Registry {
 public:
  /// Adds a model under its own name. @throws Error{Errc::invalid_option} where the name is taken.
  template <class M>
  void add() {
    add(std::string(M::info.name), M::info, [](std::string_view json) {
      typename M::Options options;
      read_options(M::info.name, json, [&](OptionFields& fields) { M::describe(fields, options); });
      return AnyModel(M(options));
    });
  }

  /// Adds a preset: a model under a name of its own, of static storage, with options of its own. A
  /// spec may set those that `describe` lists, none by default.
  /// @throws Error{Errc::invalid_option} where the name is taken.
  template <class M>
  void add_preset(
      std::string_view name, const typename M::Options& defaults,
      Describe<M> describe = [](OptionFields&, typename M::Options&) {}) {
    ModelInfo info = info_of(M(defaults));
    info.name = name;
    add(std::string(name), info, [name, defaults, describe](std::string_view json) {
      typename M::Options options = defaults;
      read_options(name, json, [&](OptionFields& fields) { describe(fields, options); });
      return AnyModel(M(options), name, describe);
    });
  }

  /// Adds a model as it is, under its own name and without options of its own.
  /// @throws Error{Errc::invalid_option} where the name is taken.
  void add(const AnyModel& model);

  using Maker = std::function<AnyModel(std::string_view options_json)>;
  /// Adds a name of one's own for a way to make a model: a preset, say.
  void add(std::string name, const ModelInfo& info, Maker maker);

  /// @param options_json  a JSON object; "" or "{}": all defaults
  /// @throws Error{Errc::unknown_model} naming the models there are; Errc::invalid_option
  [[nodiscard]] AnyModel make(std::string_view name, std::string_view options_json = {}) const;
  [[nodiscard]] bool contains(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> names() const;  ///< in byte order
  /// @throws Error{Errc::unknown_model}
  [[nodiscard]] const ModelInfo& info(std::string_view name) const;

 private:
  struct Entry {
    ModelInfo info;
    Maker maker;
  };
  [[nodiscard]] const Entry& entry(std::string_view name) const;
  std::map<std::string, Entry, std::less<>> entries_;
};

/// Every model that comes with mta (src/models/builtin.cpp lists them, a line each).
[[nodiscard]] MTA_EXPORT const Registry& builtin_models();

}  // namespace mta
