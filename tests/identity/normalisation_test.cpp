#include "mta/identity/normalisation.hpp"

namespace mta {
namespace {

struct NormalCase {
  std::string name;
  Normalisation rule;
  std::string text;
  std::string country;
  std::optional<std::string> expected;
};

class Normalise : public testing::TestWithParam<NormalCase> {};

TEST_P(Normalise, GivesTheNormalForm) {
  const NormalCase& given = GetParam();
  EXPECT_EQ(normalise(given.rule, given.text, given.country), given.expected);
}

using N = Normalisation;
const NormalCase cases[] = {
    {"none_keeps_all", N::none, " A b ", "", " A b "},
    {"trim", N::trim, "\t A b \r\n", "", "A b"},
    {"trim_of_blanks_is_empty", N::trim, " \t", "", ""},
    {"lower_trims", N::lower, " AbC-Z ", "", "abc-z"},
    {"lower_leaves_other_letters", N::lower,
     "\xC3\x84"
     "A",
     "",
     "\xC3\x84"
     "a"},
    {"google_takes_dots_from_gmail", N::google_email, " John.Sm.ith@GMail.com ", "",
     "johnsmith@gmail.com"},
    {"google_takes_dots_from_googlemail", N::google_email, "j.s@googlemail.com", "",
     "js@googlemail.com"},
    {"google_keeps_dots_elsewhere", N::google_email, "J.S@Example.com", "", "j.s@example.com"},
    {"google_keeps_dots_of_the_domain", N::google_email, "a.b@mail.gmail.com", "",
     "a.b@mail.gmail.com"},
    {"google_keeps_plus_suffixes", N::google_email, "j.s+x.y@gmail.com", "", "js+xy@gmail.com"},
    {"google_refuses_nothing_but_dots", N::google_email, "..@gmail.com", "", std::nullopt},
    {"meta_keeps_dots", N::meta_email, " John.Smith@GMail.com", "", "john.smith@gmail.com"},
    {"meta_vector", N::meta_email, "John_Smith@gmail.com ", "", "john_smith@gmail.com"},
    {"an_email_needs_an_at", N::meta_email, "john.example.com", "", std::nullopt},
    {"an_email_has_one_at", N::meta_email, "a@b@c", "", std::nullopt},
    {"an_email_has_a_name", N::meta_email, "@b.com", "", std::nullopt},
    {"an_email_has_a_domain", N::google_email, "a@", "", std::nullopt},
    {"an_email_has_no_blank", N::meta_email, "a b@c.com", "", std::nullopt},
    {"a_blank_email_is_empty", N::google_email, "  ", "", ""},
    {"google_phone_of_the_united_states", N::google_phone, "(650) 555-1212", "1", "+16505551212"},
    {"google_phone_with_trunk_1", N::google_phone, "1-650-555-1212", "1", "+16505551212"},
    {"google_phone_with_plus", N::google_phone, "+1 650.555.1212", "49", "+16505551212"},
    {"meta_phone_has_no_plus", N::meta_phone, "+1 (650) 555-1212", "", "16505551212"},
    {"meta_phone_has_no_leading_zeros", N::meta_phone, "0016505551212", "", "16505551212"},
    {"google_phone_with_00", N::google_phone, "0049 170 1234567", "1", "+491701234567"},
    {"german_trunk_zero", N::google_phone, "0170/1234567", "49", "+491701234567"},
    {"optional_trunk_zero", N::google_phone, "+49 (0)170 1234567", "", "+491701234567"},
    {"an_area_code_that_begins_with_0", N::google_phone, "(0170) 1234567", "49", "+491701234567"},
    {"italy_keeps_its_zero", N::google_phone, "06 1234 5678", "39", "+390612345678"},
    {"russian_trunk_8", N::google_phone, "8 (912) 345-67-89", "7", "+79123456789"},
    {"without_a_country_digits_have_theirs", N::meta_phone, "16505551212", "", "16505551212"},
    {"without_a_country_a_trunk_zero_is_no_number", N::meta_phone, "01701234567", "", std::nullopt},
    {"letters_are_no_number", N::google_phone, "650-CALL-NOW", "1", std::nullopt},
    {"an_extension_is_no_number", N::google_phone, "6505551212 x5", "1", std::nullopt},
    {"too_short", N::google_phone, "+123456", "", std::nullopt},
    {"shortest", N::google_phone, "+1234567", "", "+1234567"},
    {"longest", N::meta_phone, "+123456789012345", "", "123456789012345"},
    {"too_long", N::meta_phone, "+1234567890123456", "", std::nullopt},
    {"plus_alone", N::google_phone, "+", "", std::nullopt},
    {"a_plus_inside", N::google_phone, "65+05551212", "1", std::nullopt},
    {"a_blank_phone_is_empty", N::google_phone, " ", "49", ""},
};
INSTANTIATE_TEST_SUITE_P(Table, Normalise, testing::ValuesIn(cases),
                         [](const auto& test) { return test.param.name; });

TEST(Normalisation, NamesAreReadBack) {
  for (const std::string name :
       {"none", "trim", "lower", "google_email", "meta_email", "google_phone", "meta_phone"}) {
    const auto rule = parse_normalisation(name);
    ASSERT_TRUE(rule) << name;
    EXPECT_EQ(normalisation_name(*rule), name);
  }
  EXPECT_FALSE(parse_normalisation("Lower"));
  EXPECT_FALSE(parse_normalisation(""));
}

}  // namespace
}  // namespace mta
