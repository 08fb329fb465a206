#include "ingest/read_ahead.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <random>
#include <stdexcept>
#include <thread>

#include "support/rounds.hpp"

namespace mta {
namespace {

/// So many bytes that count up, and then an error or the end.
class CountingInput final : public ByteInput {
 public:
  enum class Then { end, error };
  CountingInput(std::size_t size, Then then, std::atomic<std::size_t>* reads = nullptr)
      : left_(size), then_(then), reads_(reads) {}

  std::size_t read(char* buffer, std::size_t size) override {
    if (reads_ != nullptr) ++*reads_;
    if (left_ < size && then_ == Then::error) throw std::runtime_error("broken");
    const std::size_t count = std::min(size, left_);
    for (std::size_t i = 0; i < count; ++i) buffer[i] = static_cast<char>(next_++ % 251);
    left_ -= count;
    return count;
  }

 private:
  std::size_t left_, next_ = 0;
  Then then_;
  std::atomic<std::size_t>* reads_;
};

constexpr std::size_t mebibyte = std::size_t{1} << 20;

TEST(ReadAhead, GivesTheBytesInAnyPieces) {
  std::mt19937 random(1);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, mebibyte - 1, mebibyte,
                                 mebibyte + 1, 3 * mebibyte, 7 * mebibyte + 12'345}) {
    for (const std::size_t largest : {std::size_t{7'000}, mebibyte, 9 * mebibyte}) {
      const auto input =
          read_ahead(std::make_unique<CountingInput>(size, CountingInput::Then::end));
      std::string all;
      for (;;) {
        std::string piece(1 + random() % largest, '\0');
        const std::size_t count = input->read(piece.data(), piece.size());
        all.append(piece, 0, count);
        if (count < piece.size()) break;
      }
      ASSERT_EQ(all.size(), size);
      for (std::size_t i = 0; i < size; ++i) ASSERT_EQ(all[i], static_cast<char>(i % 251));
      char more = 0;
      EXPECT_EQ(input->read(&more, 1), 0u) << "the end stays";
    }
  }
}

TEST(ReadAhead, AnErrorComesBehindTheBytesBeforeIt) {
  const auto input =
      read_ahead(std::make_unique<CountingInput>(2 * mebibyte, CountingInput::Then::error));
  std::string bytes(2 * mebibyte, '\0');
  EXPECT_EQ(input->read(bytes.data(), bytes.size()), bytes.size());
  EXPECT_THROW((void)input->read(bytes.data(), 1), std::runtime_error);
  EXPECT_THROW((void)input->read(bytes.data(), 1), std::runtime_error) << "the error stays";
}

TEST(ReadAhead, StartsWithTheFirstReadAndStaysAFewBuffersAhead) {
  std::atomic<std::size_t> reads = 0;
  auto input =
      read_ahead(std::make_unique<CountingInput>(100 * mebibyte, CountingInput::Then::end, &reads));
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(reads, 0u);
  char byte = 0;
  EXPECT_EQ(input->read(&byte, 1), 1u);
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_LE(reads, 3u);
  input.reset();  // ends while the thread waits for a free buffer
  EXPECT_LE(reads, 3u);
}

TEST(ReadAhead, MayEndAtAnyMoment) {
  const std::size_t rounds = test::rounds(200);
  for (std::size_t i = 0; i < rounds; ++i) {
    const auto input = read_ahead(std::make_unique<CountingInput>(
        20 * mebibyte, i % 2 == 0 ? CountingInput::Then::end : CountingInput::Then::error));
    std::string bytes(i * (2'000'000 / rounds), '\0');
    EXPECT_EQ(input->read(bytes.data(), bytes.size()), bytes.size());
  }
}

}  // namespace
}  // namespace mta
