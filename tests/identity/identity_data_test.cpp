// Records of other projects with the truth in them: pairs of records that exact keys find, and how
// many of these are right. Counts are those of the data sets' README files.
#include <map>

#include "identity/text_form.hpp"
#include "identity/told_identity.hpp"
#include "mta/ingest/source.hpp"
#include "support/plain_table.hpp"
#include "support/shared_data.hpp"

namespace mta {
namespace {

test::PlainTable table_of(const std::filesystem::path& path) {
  Source source = Source::file(path.string());
  std::string bytes, block(1 << 16, '\0');
  while (const std::size_t size = source.read(block.data(), block.size()))
    bytes.append(block, 0, size);
  return test::PlainTable::text(bytes);
}

struct Pairs {
  std::size_t found = 0;  ///< pairs of records that are one person
  std::size_t right = 0;  ///< of these, pairs that the truth has too
};

/// One row a record: its own identifier is the visitor, the others are as the caller gives them.
class Records {
 public:
  explicit Records(const IdentityRules& rules) : rules_(rules), writer_(rules, sightings_) {}

  using Identifiers = std::vector<std::pair<std::string, std::string>>;  // kind, text
  void add(const std::string& record, const std::string& truth, const Identifiers& identifiers) {
    for (const auto& [kind, text] : identifiers) writer_.add(*rules_.kind(kind), text);
    writer_.add(*rules_.kind("visitor"), record);
    writer_.finish({});
    truth_.emplace_back(person_key(record), truth);
  }

  [[nodiscard]] Pairs pairs() const {
    const PersonMap persons = resolve(sightings_, rules_).persons;
    std::map<PersonKey, std::size_t> size;
    std::map<std::pair<PersonKey, std::string>, std::size_t> right;
    for (const auto& [record, truth] : truth_) {
      ++size[persons.person(record)];
      ++right[{persons.person(record), truth}];
    }
    Pairs pairs;
    for (const auto& [person, n] : size) pairs.found += n * (n - 1) / 2;
    for (const auto& [both, n] : right) pairs.right += n * (n - 1) / 2;
    return pairs;
  }

 private:
  const IdentityRules& rules_;
  Sightings sightings_;
  SightingWriter writer_;
  std::vector<std::pair<PersonKey, std::string>> truth_;
};

/// Texts joined, where none of them is blank.
std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) {
    if (trimmed(part).empty()) return "";
    text += std::string(trimmed(part)) + '|';
  }
  return text;
}

IdentityOptions trimmed_kinds(const std::vector<std::string>& told) {
  IdentityOptions options = test::kinds(told);
  for (IdentifierKind& kind : options.kinds) kind.normalise = Normalisation::trim;
  return options;
}

enum class Keys { number, number_and_name };

Pairs febrl(const std::filesystem::path& path, Keys keys) {
  const test::PlainTable table = table_of(path);
  const IdentityRules rules(trimmed_kinds({"number", "name", "visitor"}));
  Records records(rules);
  const auto at = [&](const char* column) { return table.column(column); };
  for (const auto& row : table.rows()) {
    Records::Identifiers identifiers{{"number", row[at(" soc_sec_id")]}};
    if (keys == Keys::number_and_name) {
      const std::vector<std::string> parts = {row[at(" given_name")], row[at(" surname")],
                                              row[at(" date_of_birth")]};
      identifiers.emplace_back("name", joined(parts));
    }
    const std::string& record = row[at("rec_id")];  // rec-N-org, rec-N-dup-0: N is the truth
    records.add(record, record.substr(0, record.find('-', 4)), identifiers);
  }
  return records.pairs();
}

TEST(IdentityData, Febrl1) {
  MTA_SHARED_DATA_OR_SKIP(path, "identity_febrl/dataset1.csv")
  const Pairs by_number = febrl(path, Keys::number);
  EXPECT_EQ(by_number.found, 450U);
  EXPECT_EQ(by_number.right, 450U);
  const Pairs by_both = febrl(path, Keys::number_and_name);
  EXPECT_EQ(by_both.found, 471U);
  EXPECT_EQ(by_both.right, 471U);
}

TEST(IdentityData, Febrl2) {
  MTA_SHARED_DATA_OR_SKIP(path, "identity_febrl/dataset2.csv.gz")
  const Pairs by_number = febrl(path, Keys::number);
  EXPECT_EQ(by_number.found, 1'686U);
  EXPECT_EQ(by_number.right, 1'686U);
  const Pairs by_both = febrl(path, Keys::number_and_name);
  EXPECT_EQ(by_both.found, 1'815U);
  EXPECT_EQ(by_both.right, 1'815U);
}

TEST(IdentityData, Splink) {
  MTA_SHARED_DATA_OR_SKIP(path, "identity_splink/fake_1000.csv")
  const test::PlainTable table = table_of(path);
  IdentityOptions options = trimmed_kinds({"email", "name", "visitor"});
  options.kinds[0].normalise = Normalisation::lower;  // addresses are misspelt, some without "@"
  options.blocked = {{"null"}, {"-"}};                // the record numbered 0 is one
  const IdentityRules rules(options);
  Records by_email(rules), by_both(rules);
  const auto at = [&](const char* column) { return table.column(column); };
  for (const auto& row : table.rows()) {
    const std::string &record = row[at("unique_id")], &truth = row[at("cluster")];
    const std::vector<std::string> parts = {row[at("first_name")], row[at("surname")],
                                            row[at("dob")]};
    by_email.add(record, truth, {{"email", row[at("email")]}});
    by_both.add(record, truth, {{"email", row[at("email")]}, {"name", joined(parts)}});
  }
  EXPECT_EQ(by_email.pairs().found, 1'603U);
  EXPECT_EQ(by_email.pairs().right, 1'603U);
  EXPECT_EQ(by_both.pairs().found, 2'055U);
  EXPECT_EQ(by_both.pairs().right, 2'055U);
}

}  // namespace
}  // namespace mta
