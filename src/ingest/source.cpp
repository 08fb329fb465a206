#include "mta/ingest/source.hpp"

#include <optional>
#include <utility>

#include "core/ascii.hpp"
#include "ingest/byte_input.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

bool remove_suffix(std::string& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.resize(text.size() - suffix.size());
  return true;
}

/// The format that a file's name stands for; letters in any case.
std::optional<SourceFormat> format_of(const std::string& path) {
  std::string name = lowered(path);
  if (!remove_suffix(name, ".gz")) remove_suffix(name, ".zst");
  if (name == "-" || name.ends_with(".csv")) return SourceFormat::csv;
  if (name.ends_with(".tsv")) return SourceFormat::tsv;
  if (name.ends_with(".ndjson") || name.ends_with(".jsonl")) return SourceFormat::ndjson;
  return std::nullopt;
}

}  // namespace

class Source::Impl {
 public:
  Impl(std::string name, SourceFormat format, std::unique_ptr<RawInput> raw)
      : name_(std::move(name)),
        format_(format),
        raw_(std::move(raw)),
        bytes_(decompressed(*raw_, name_)) {}

  std::string name_;
  SourceFormat format_;
  std::unique_ptr<RawInput> raw_;
  std::unique_ptr<ByteInput> bytes_;
};

Source Source::file(const std::string& path) {
  const std::optional<SourceFormat> format = format_of(path);
  if (!format) {
    throw Error(Errc::invalid_option,
                "the format of an input follows its name, which must end in .csv, .tsv, .ndjson or "
                ".jsonl, and then perhaps .gz or .zst; got \"" +
                    path + '"');
  }
  return file(path, *format);
}

Source Source::file(const std::string& path, SourceFormat format) {
  return Source(std::make_unique<Impl>(path, format, open_file(path)));
}

Source Source::memory(std::string name, std::string_view bytes, SourceFormat format) {
  return Source(std::make_unique<Impl>(std::move(name), format, open_memory(bytes)));
}

Source::Source(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Source::Source(Source&&) noexcept = default;
Source& Source::operator=(Source&&) noexcept = default;
Source::~Source() = default;

const std::string& Source::name() const noexcept { return impl_->name_; }
SourceFormat Source::format() const noexcept { return impl_->format_; }
std::size_t Source::read(char* buffer, std::size_t size) {
  return impl_->bytes_->read(buffer, size);
}
std::uint64_t Source::consumed() const noexcept { return impl_->raw_->consumed(); }
std::uint64_t Source::size() const noexcept { return impl_->raw_->size(); }

}  // namespace mta
