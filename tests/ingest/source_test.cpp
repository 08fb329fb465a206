#include "mta/ingest/source.hpp"

#include <unistd.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "event_rows.hpp"
#include "mta/core/error.hpp"
#include "support/gzip_bytes.hpp"
#include "support/shared_data.hpp"

namespace mta {
namespace {

using test::error_of;
using test::gzipped;
using testing::HasSubstr;

std::string zstd(std::string_view text) {
  ZSTD_CCtx* const context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);  // as the zstd program does
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  const std::size_t size =
      ZSTD_compress2(context, packed.data(), packed.size(), text.data(), text.size());
  ZSTD_freeCCtx(context);
  EXPECT_EQ(ZSTD_isError(size), 0u);
  return packed.substr(0, size);
}

std::string read_all(Source source, std::size_t step) {
  std::string text, piece(step, '\0');
  for (;;) {
    const std::size_t count = source.read(piece.data(), step);
    text.append(piece, 0, count);
    if (count < step) break;
  }
  EXPECT_EQ(source.read(piece.data(), step), 0u);
  EXPECT_EQ(source.consumed(), source.size());
  return text;
}

Source memory(std::string_view bytes) { return Source::memory("input", bytes, SourceFormat::csv); }

/// Text that does not compress to nothing, of several decoder windows.
std::string sample(std::size_t size) {
  std::mt19937_64 random(7);
  std::string text;
  while (text.size() < size) text += std::to_string(random() % 1'000'000) + ",";
  text.resize(size);
  return text;
}

TEST(Source, UndoesCompressionByTheFirstBytes) {
  for (const std::size_t size : {0u, 1u, 3u, 4u, 1'000u, 1'000'000u}) {
    const std::string text = sample(size), half = sample(size / 2);
    for (const std::size_t step : {1u, 7u, 4'096u, 3'000'000u}) {
      if (step == 1 && size > 1'000) continue;
      EXPECT_EQ(read_all(memory(text), step), text);
      EXPECT_EQ(read_all(memory(gzipped(text)), step), text) << size << ' ' << step;
      EXPECT_EQ(read_all(memory(zstd(text)), step), text) << size << ' ' << step;
      EXPECT_EQ(read_all(memory(gzipped(text) + gzipped("") + gzipped(half)), step), text + half);
      EXPECT_EQ(read_all(memory(zstd(text) + zstd("") + zstd(half)), step), text + half);
      EXPECT_EQ(read_all(memory(gzipped(text) + std::string(100, '\0')), step), text);
    }
  }
}

TEST(Source, SkipsFramesThatZstdSkips) {
  using namespace std::string_literals;
  const std::string skippable = "\x53\x2a\x4d\x18\x03\0\0\0abc"s;
  EXPECT_EQ(read_all(memory(skippable + zstd("text")), 100), "text");
}

TEST(Source, BrokenStreamsAreErrorsThatNameTheSource) {
  const std::string text = sample(300'000);
  for (const bool use_gzip : {true, false}) {
    const std::string packed = use_gzip ? gzipped(text) : zstd(text);
    for (const std::size_t kept : {packed.size() - 1, packed.size() / 2, std::size_t{11}}) {
      EXPECT_THAT(
          error_of(Errc::unreadable_input,
                   [&] { (void)read_all(memory(packed.substr(0, kept)), 1'000); }),
          HasSubstr("input: the " + std::string(use_gzip ? "gzip" : "zstd") + " stream ends early"))
          << kept;
    }
    std::string broken = packed;
    for (std::size_t i = 0; i < 64; ++i) broken[broken.size() / 2 + i] ^= '\x5a';
    EXPECT_THAT(error_of(Errc::unreadable_input, [&] { (void)read_all(memory(broken), 1'000); }),
                HasSubstr("input: the " + std::string(use_gzip ? "gzip" : "zstd") + " stream"));
    EXPECT_THAT(error_of(Errc::unreadable_input,
                         [&] { (void)read_all(memory(packed + "trailing text"), 1'000); }),
                HasSubstr("input: "));
  }
}

TEST(Source, ATruncatedFileFailsTheRead) {
  std::string text = "visitor,ts,type,channel\n";
  for (int i = 0; i < 50'000; ++i) text += std::to_string(i) + ",0,c,x\n";
  const std::string packed = gzipped(text);
  for (const std::size_t threads : {1u, 3u}) {
    EXPECT_THAT(error_of(Errc::unreadable_input,
                         [&] {
                           Events events;
                           read(events,
                                memory(std::string_view(packed).substr(0, packed.size() / 2)), {},
                                {.threads = threads, .block = 10'000});
                         }),
                HasSubstr("truncated"));
  }
}

class SourceFiles : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("mta_source_test_" + std::to_string(::getpid()) + "_" +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string write(const std::string& name, std::string_view bytes) const {
    const std::string path = (folder_ / name).string();
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  std::filesystem::path folder_;
};

TEST_F(SourceFiles, TheFormatFollowsTheName) {
  const std::pair<std::string, SourceFormat> names[] = {
      {"a.csv", SourceFormat::csv},         {"a.CSV.GZ", SourceFormat::csv},
      {"a.tsv.zst", SourceFormat::tsv},     {"a.ndjson", SourceFormat::ndjson},
      {"a.jsonl.gz", SourceFormat::ndjson},
  };
  for (const auto& [name, format] : names) {
    const std::string path = write(name, "text");
    const Source source = Source::file(path);
    EXPECT_EQ(source.format(), format) << name;
    EXPECT_EQ(source.name(), path);
    EXPECT_EQ(source.size(), 4u);
  }
  EXPECT_THAT(error_of(Errc::invalid_option, [&] { Source::file(write("a.xlsx", "")); }),
              HasSubstr("a.xlsx"));
  EXPECT_EQ(Source::file(write("a.log", ""), SourceFormat::tsv).format(), SourceFormat::tsv);
}

TEST_F(SourceFiles, WhatCannotBeReadIsNamed) {
  const std::string missing = (folder_ / "missing.csv").string();
  EXPECT_THAT(error_of(Errc::unreadable_input, [&] { Source::file(missing); }),
              HasSubstr("missing.csv: No such file"));
  std::filesystem::create_directory(folder_ / "folder.csv");
  EXPECT_THAT(
      error_of(Errc::unreadable_input, [&] { Source::file((folder_ / "folder.csv").string()); }),
      HasSubstr("folder.csv: is a directory"));
}

TEST_F(SourceFiles, AFileIsReadLikeMemory) {
  const std::string text = sample(2'000'000);
  for (const std::size_t step : {4'097u, 5'000'000u}) {
    EXPECT_EQ(read_all(Source::file(write("a.csv", text)), step), text);
    EXPECT_EQ(read_all(Source::file(write("a.csv.gz", gzipped(text))), step), text);
    EXPECT_EQ(read_all(Source::file(write("a.csv.zst", zstd(text))), step), text);
  }
}

TEST(SourceData, KaggleSampleIsReadWhole) {
  MTA_SHARED_DATA_OR_SKIP(path, "kaggle_mta_sample/attribution_data.csv.gz");
  Events events;
  const Schema schema = {.conversion_events = {"conversion"}};
  read(events, Source::file(path.string()), schema, {.threads = 2, .block = 1 << 16});
  EXPECT_EQ(events.report.rows, 62'483u);
  EXPECT_EQ(events.report.rejected(), 0u);
  Micros value;
  std::size_t conversions = 0;
  for (std::size_t part = 0; part < events.parts(); ++part) {
    for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
      for (const Micros amount : events.part(part).table(bucket).conversions().value) {
        value += amount;
        ++conversions;
      }
    }
  }
  EXPECT_EQ(conversions, 1'838u);
  EXPECT_EQ(format_micros(value), "11423.500000");
}

}  // namespace
}  // namespace mta
