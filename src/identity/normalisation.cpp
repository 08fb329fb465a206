#include "mta/identity/normalisation.hpp"

#include <algorithm>
#include <array>

#include "identity/text_form.hpp"

namespace mta {
namespace {

constexpr std::array<std::string_view, 7> names{
    "none", "trim", "lower", "google_email", "meta_email", "google_phone", "meta_phone"};

std::optional<std::string> email(std::string_view text) {
  std::string address = lowered(trimmed(text));
  if (address.empty()) return address;
  const std::size_t at = address.find('@');
  if (at == std::string::npos || at == 0 || at + 1 == address.size()) return std::nullopt;
  if (address.find('@', at + 1) != std::string::npos) return std::nullopt;
  if (address.find_first_of(" \t\r\n\v\f") != std::string::npos) return std::nullopt;
  return address;
}

std::optional<std::string> google_email(std::string_view text) {
  std::optional<std::string> address = email(text);
  if (!address || address->empty()) return address;
  const std::size_t at = address->find('@');
  const std::string_view domain = std::string_view(*address).substr(at);
  if (domain != "@gmail.com" && domain != "@googlemail.com") return address;
  std::string result;
  std::copy_if(address->begin(), address->begin() + static_cast<std::ptrdiff_t>(at),
               std::back_inserter(result), [](char c) { return c != '.'; });
  if (result.empty()) return std::nullopt;
  return result.append(domain);
}

enum class Form { national, international };
struct Dialled {
  std::string digits;
  Form form = Form::national;
};

/// The digits of a number, and whether they begin with a country's code.
std::optional<Dialled> digits_of(std::string_view text) {
  Dialled number;
  if (text.front() == '+') {
    number.form = Form::international;
    text.remove_prefix(1);
  }
  if (const std::size_t trunk = text.find("(0)"); trunk != std::string_view::npos && trunk > 0) {
    number.digits = std::string(text.substr(0, trunk)) + std::string(text.substr(trunk + 3));
  } else {
    number.digits = text;
  }
  std::erase_if(number.digits, [](char c) {
    return std::string_view(" \t-./()").find(c) != std::string_view::npos;
  });
  if (!std::all_of(number.digits.begin(), number.digits.end(), is_digit)) return std::nullopt;
  if (number.form == Form::national && number.digits.starts_with("00")) {
    number.form = Form::international;
    number.digits.erase(0, 2);
  }
  return number;
}

std::string_view without_trunk(std::string_view digits, std::string_view country) noexcept {
  const bool long_number = digits.size() == 11;
  if (country == "1") return digits.substr(long_number && digits.front() == '1' ? 1 : 0);
  if (country == "7") return digits.substr(long_number && digits.front() == '8' ? 1 : 0);
  if (country == "39") return digits;
  return digits.substr(digits.starts_with('0') ? 1 : 0);
}

std::optional<std::string> phone(std::string_view text, std::string_view country) {
  text = trimmed(text);
  if (text.empty()) return std::string();
  std::optional<Dialled> number = digits_of(text);
  if (!number) return std::nullopt;
  std::string digits = number->digits;
  if (number->form == Form::national && !country.empty()) {
    digits = std::string(country).append(without_trunk(number->digits, country));
  }
  if (digits.size() < 7 || digits.size() > 15 || digits.front() == '0') return std::nullopt;
  return digits;
}

}  // namespace

std::optional<Normalisation> parse_normalisation(std::string_view name) noexcept {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Normalisation>(found - names.begin());
}

std::string_view normalisation_name(Normalisation rule) noexcept {
  return names[static_cast<std::size_t>(rule)];
}

std::optional<std::string> normalise(Normalisation rule, std::string_view text,
                                     std::string_view country) {
  switch (rule) {
    case Normalisation::none:
      return std::string(text);
    case Normalisation::trim:
      return std::string(trimmed(text));
    case Normalisation::lower:
      return lowered(trimmed(text));
    case Normalisation::google_email:
      return google_email(text);
    case Normalisation::meta_email:
      return email(text);
    case Normalisation::meta_phone:
      return phone(text, country);
    case Normalisation::google_phone:
      break;
  }
  std::optional<std::string> digits = phone(text, country);
  if (digits && !digits->empty()) digits->insert(digits->begin(), '+');
  return digits;
}

}  // namespace mta
