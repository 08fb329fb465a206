#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "mta/core/export.hpp"

namespace mta {

/// How an identifier's text is brought into one form. Blanks are space, tab and line breaks; lower
/// case is of ASCII letters alone.
enum class Normalisation {
  none,          ///< as it is
  trim,          ///< without blanks at both ends
  lower,         ///< trimmed, in lower case
  google_email,  ///< lower, and no dots before @gmail.com and @googlemail.com
  meta_email,    ///< lower; dots stay
  google_phone,  ///< E.164: "+", country code, number
  meta_phone,    ///< the same digits without "+"
};

/// "none", "trim", ... as above; nothing where no normalisation is of that name.
[[nodiscard]] MTA_EXPORT std::optional<Normalisation> parse_normalisation(
    std::string_view name) noexcept;
[[nodiscard]] MTA_EXPORT std::string_view normalisation_name(Normalisation rule) noexcept;

/// The normal form of a text; nothing where it is none of its sort: an address without exactly one
/// "@" between two texts or with a blank in it, a number with letters, or of fewer than 7 or more
/// than 15 digits. Empty where nothing but blanks is left.
///
///   Phones    `country` is a calling code in digits ("49"). A number that begins with "+" or "00"
///             has its own. Of all others the trunk prefix goes (1 before 10 digits under "1", 8
///             before 10 digits under "7", else one leading 0, which Italy, "39", keeps) and the
///             country's code comes first. Without a country a number is taken to begin with its
///             code, and one that begins with 0 is none. "(0)" is left out
///   Source    Google: enhanced conversions, user-provided data; Meta: Conversions API, customer
///             information parameters. docs/identity.md
[[nodiscard]] MTA_EXPORT std::optional<std::string> normalise(Normalisation rule,
                                                              std::string_view text,
                                                              std::string_view country = {});

}  // namespace mta
