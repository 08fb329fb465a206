#pragma once
// How the files of this layer begin: docs/formats/identity.md.
#include <string>

#include "mta/core/bytes.hpp"
#include "mta/core/error.hpp"

namespace mta {

[[noreturn]] inline void corrupt(const std::string& why) {
  throw Error(Errc::corrupt_state, "not the bytes of an identity file: " + why);
}

struct FileFormat {
  std::uint32_t magic;
  std::uint32_t version;
  const char* name;

  void write(ByteWriter& writer) const {
    writer.u32(magic);
    writer.u32(version);
  }
  void read(ByteReader& reader) const {
    if (reader.u32() != magic) corrupt(std::string("they do not begin with \"") + name + '"');
    const std::uint32_t given = reader.u32();
    if (given == version) return;
    throw Error(Errc::foreign_state, std::string(name) + " files must be of format " +
                                         std::to_string(version) + ", got " +
                                         std::to_string(given));
  }
};

}  // namespace mta
