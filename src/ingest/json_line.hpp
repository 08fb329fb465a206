#pragma once
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace mta {

/// A field of a JSON object: its key unescaped, its value as text.
struct JsonField {
  std::string_view key;
  /// A string unescaped; a number or boolean as it stands there; nothing for null.
  std::string_view text;
  bool is_nested = false;  ///< an object or array: `text` says nothing
};

/// Parses one JSON object at a time into its fields.
class JsonLine {
 public:
  /// Bytes behind a line that must be readable.
  static constexpr std::size_t padding = 64;

  JsonLine();
  ~JsonLine();

  /// False where the bytes are not exactly one valid JSON object. @pre they are valid UTF-8
  [[nodiscard]] bool parse(const char* begin, const char* end);
  /// In order of the text, repeated keys included; views last until the next `parse`.
  [[nodiscard]] std::span<const JsonField> fields() const noexcept { return fields_; }

 private:
  class Full;
  [[nodiscard]] bool parse_flat(const char* at, const char* end);

  std::vector<JsonField> fields_;
  std::unique_ptr<Full> full_;
};

}  // namespace mta
