#include "mta/models/state_file.hpp"

#include <algorithm>
#include <cassert>
#include <functional>

#include "mta/core/bytes.hpp"
#include "mta/core/error.hpp"
#include "mta/core/hash.hpp"

// docs/formats/state.md
namespace mta {
namespace {

constexpr std::uint32_t magic = 0x5441'544D;  // "MTAT", as bytes in the file
constexpr std::uint32_t format = 1;

[[noreturn]] void foreign(const std::string& what, std::string_view expected,
                          std::string_view got) {
  throw Error(Errc::foreign_state, "a state must be of the same " + what + ": expected \"" +
                                       std::string(expected) + "\", got \"" + std::string(got) +
                                       '"');
}

void expect_same(const std::string& what, std::string_view expected, std::string_view got) {
  if (expected != got) foreign(what, expected, got);
}

void read_format(ByteReader& reader) {
  if (reader.u32() != magic) {
    throw Error(Errc::corrupt_state, "not the bytes of a state: they do not begin with \"MTAT\"");
  }
  const std::uint32_t version = reader.u32();
  if (version != format) foreign("format", std::to_string(format), std::to_string(version));
}

std::vector<std::string_view> read_channels(ByteReader& reader) {
  std::vector<std::string_view> names(reader.count(8));
  for (std::string_view& name : names) name = reader.text();
  if (std::adjacent_find(names.begin(), names.end(), std::greater_equal<>()) != names.end()) {
    throw Error(Errc::corrupt_state, "not the bytes of a state: channels must rise in byte order");
  }
  return names;
}

struct Header {
  std::string_view model, options, scope;
  std::uint32_t state_version = 0;
  std::vector<std::string_view> channels;
};

Header read_header(ByteReader& reader) {
  read_format(reader);
  Header header;
  header.model = reader.text();
  header.state_version = reader.u32();
  header.options = reader.text();
  header.scope = reader.text();
  header.channels = read_channels(reader);
  return header;
}

std::vector<std::uint32_t> numbers_of(std::span<const std::string_view> names,
                                      std::span<const std::string_view> channels) {
  std::vector<std::uint32_t> numbers;
  for (const std::string_view name : names) {
    const auto at = std::lower_bound(channels.begin(), channels.end(), name);
    if (at == channels.end() || *at != name) {
      throw Error(Errc::foreign_state,
                  "a state's channels must all be known, and \"" + std::string(name) + "\" is not");
    }
    numbers.push_back(static_cast<std::uint32_t>(at - channels.begin()));
  }
  return numbers;
}

}  // namespace

std::string save_state(const AnyModel& model, const AnyState& state,
                       std::span<const std::string_view> channels, std::string_view scope) {
  assert(model.info().kind == ModelKind::fitted);
  assert(std::adjacent_find(channels.begin(), channels.end(), std::greater_equal<>()) ==
         channels.end());
  ByteWriter writer;
  writer.u32(magic);
  writer.u32(format);
  writer.text(model.info().name);
  writer.u32(model.info().state_version);
  writer.text(model.options());
  writer.text(scope);
  writer.u64(channels.size());
  for (const std::string_view name : channels) writer.text(name);
  model.write(state, writer);
  return writer.seal();
}

std::vector<std::string> state_channels(std::string_view bytes) {
  ByteReader reader(bytes);
  const Header header = read_header(reader);
  return {header.channels.begin(), header.channels.end()};
}

std::unique_ptr<AnyState> load_state(const AnyModel& model, std::string_view bytes,
                                     std::span<const std::string_view> channels,
                                     std::string_view scope) {
  assert(model.info().kind == ModelKind::fitted);
  ByteReader reader(bytes);
  const Header header = read_header(reader);
  expect_same("model", model.info().name, header.model);
  expect_same("version", std::to_string(model.info().state_version),
              std::to_string(header.state_version));
  expect_same("options", model.options(), header.options);
  expect_same("scope", scope, header.scope);
  std::unique_ptr<AnyState> state =
      model.read(reader, numbers_of(header.channels, channels), channels.size());
  reader.expect_end();
  return state;
}

}  // namespace mta
