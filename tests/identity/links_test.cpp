#include "mta/identity/links.hpp"

#include "mta/core/error.hpp"

namespace mta {
namespace {

TEST(Links, NameIdentifiersAsEventsWriteThem) {
  Links links;
  EXPECT_TRUE(links.empty());
  links.add("cookie 1", "jane@example.org");
  links.add(person_key(std::uint64_t{17}), person_key("phone"));
  ASSERT_EQ(links.size(), 2U);
  EXPECT_EQ(links.pairs()[0], (Link{person_key("cookie 1"), person_key("jane@example.org")}));
  EXPECT_EQ(links.pairs()[1], (Link{person_key("17"), person_key("phone")}));
}

TEST(Links, AnEmptyIdentifierIsRefused) {
  Links links;
  for (const std::string nobody : {"", " ", "\t "}) {
    for (const auto& [a, b] : {std::pair{nobody, std::string("x")}, {std::string("x"), nobody}}) {
      try {
        links.add(a, b);
        ADD_FAILURE() << "accepted '" << a << "' and '" << b << "'";
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), Errc::invalid_option);
      }
    }
  }
  EXPECT_TRUE(links.empty());
}

TEST(Links, MergingAppends) {
  Links one, other;
  one.add("a", "b");
  other.add("c", "d");
  one.merge(other);
  EXPECT_EQ(one.size(), 2U);
  EXPECT_EQ(other.size(), 1U);
}

}  // namespace
}  // namespace mta
