#include "ingest/label_cache.hpp"

#include <map>
#include <random>

namespace mta {
namespace {

TEST(LabelCache, GivesTheDictionarysCodes) {
  Dictionary dictionary;
  LabelCache cache(dictionary);
  EXPECT_EQ(cache.code(""), Dictionary::empty_code);
  EXPECT_EQ(cache.find("email"), LabelCache::unknown);
  const std::uint32_t email = cache.code("email");
  EXPECT_EQ(cache.find("email"), email);
  EXPECT_EQ(dictionary.find("email"), email);
  EXPECT_EQ(dictionary.size(), 2u);
}

// Texts that share length, head and tail differ only where a shortcut would not look.
TEST(LabelCache, NeverMixesUpTexts) {
  Dictionary dictionary;
  LabelCache cache(dictionary);
  std::map<std::string, std::uint32_t> codes;
  std::mt19937 random(3);
  for (int i = 0; i < 300'000; ++i) {
    std::string text(random() % 40, 'a');
    for (int change = 0; change < 2 && !text.empty(); ++change) {
      text[random() % text.size()] = static_cast<char>('a' + random() % 3);
    }
    const std::uint32_t code = cache.code(text);
    const auto [known, is_new] = codes.emplace(text, code);
    ASSERT_EQ(known->second, code) << text;
    ASSERT_EQ(dictionary.text(code), text);
    ASSERT_EQ(cache.find(text), code);
  }
}

}  // namespace
}  // namespace mta
