#include "ingest/ordered_read.hpp"

#include <condition_variable>
#include <mutex>
#include <vector>

#include "mta/core/error.hpp"
#include "mta/core/workers.hpp"

namespace mta {
namespace {

class OrderedRead {
 public:
  OrderedRead(BlockReader& reader, const ByteStream& stream, RejectLog& log,
              const ReadControl& control, std::size_t workers)
      : reader_(reader),
        stream_(stream),
        log_(log),
        control_(control),
        blocks_(workers == 1 ? 1 : workers + 1) {
    for (Block& block : blocks_) free_.push_back(&block);
  }

  void work(BlockParser& parser) {
    try {
      while (Block* const block = next()) {
        if (!block->failure) parse(parser, *block);
        finish(block);
      }
    } catch (...) {
      const std::scoped_lock lock(book_mutex_);
      failed_ = true;
      changed_.notify_all();
      throw;
    }
  }

 private:
  /// The next block of the input, or null at its end.
  Block* next() {
    const std::scoped_lock lock(read_mutex_);
    if (control_.stop.stop_requested()) throw Error(Errc::cancelled, "cancelled by the caller");
    if (ended_) return nullptr;
    Block* const block = free_block();
    if (block == nullptr) return nullptr;
    ended_ = !read(*block);
    if (ended_) return block->failure ? block : nullptr;
    if (control_.progress) control_.progress(stream_.consumed());
    return block;
  }

  /// False at the end of the input, and where it cannot be read on.
  bool read(Block& block) {
    block.failure = nullptr;
    try {
      return reader_.next(block);
    } catch (...) {
      block.failure = std::current_exception();
      return false;
    }
  }

  static void parse(BlockParser& parser, Block& block) {
    try {
      parser.parse(block);
    } catch (...) {
      block.failure = std::current_exception();
    }
  }

  /// Waits until a block has been booked, or null where another worker has failed. The worker with
  /// the earliest block never waits here, so that there is always one to come.
  Block* free_block() {
    std::unique_lock lock(book_mutex_);
    changed_.wait(lock, [this] { return failed_ || !free_.empty(); });
    if (failed_) return nullptr;
    Block* const block = free_.back();
    free_.pop_back();
    return block;
  }

  /// Books this block if its turn has come, and those after it that waited for it. The first that
  /// fails ends it: nobody books anything any more, so that no row counts twice, and which error it
  /// is does not depend on who is quicker.
  void finish(Block* block) {
    const std::scoped_lock lock(book_mutex_);
    if (failed_) return;
    done_.push_back(block);
    for (std::size_t i = 0; i < done_.size();) {
      if (done_[i]->number != next_booked_) {
        ++i;
        continue;
      }
      failed_ = true;  // unless this comes back
      if (done_[i]->failure) std::rethrow_exception(done_[i]->failure);
      log_.add(*done_[i]);
      failed_ = false;
      free_.push_back(done_[i]);
      done_.erase(done_.begin() + static_cast<std::ptrdiff_t>(i));
      ++next_booked_;
      i = 0;
    }
    changed_.notify_all();
  }

  BlockReader& reader_;
  const ByteStream& stream_;
  RejectLog& log_;
  const ReadControl& control_;
  std::mutex read_mutex_;
  bool ended_ = false;

  std::mutex book_mutex_;
  std::condition_variable changed_;
  std::vector<Block> blocks_;
  std::vector<Block*> free_, done_;
  std::uint64_t next_booked_ = 0;
  bool failed_ = false;
};

}  // namespace

void read_blocks(BlockReader& reader, const ByteStream& stream,
                 std::span<const std::unique_ptr<BlockParser>> parsers, RejectLog& log,
                 const ReadControl& control) {
  OrderedRead read(reader, stream, log, control, parsers.size());
  run_tasks(parsers.size(), parsers.size(),
            [&](std::size_t, std::size_t task) { read.work(*parsers[task]); });
  log.finish();
}

}  // namespace mta
