#include "service/register/write_queue.hpp"

#include <utility>

namespace proviso::service {

WriteQueue::WriteQueue(std::unique_ptr<Database> database, OpenDatabase open)
    : database_(std::move(database)), open_(std::move(open)), thread_([this] { work(); }) {}

WriteQueue::~WriteQueue() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  something_waits_.notify_one();
  thread_.join();
}

void WriteQueue::add(std::unique_ptr<Job> job) {
  if (enqueue(job)) {
    something_waits_.notify_one();
  } else {
    job->failed("more is waiting to be written than the register takes");
  }
}

bool WriteQueue::enqueue(std::unique_ptr<Job>& job) {
  const std::lock_guard lock(mutex_);
  if (waiting_.size() >= most_waiting) return false;
  waiting_.push_back(std::move(job));
  return true;
}

void WriteQueue::work() {
  while (true) {
    Batch batch;
    {
      std::unique_lock lock(mutex_);
      something_waits_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      batch.swap(waiting_);
    }
    write(batch);
  }
}

Answer<void> WriteQueue::write_once(const std::unique_ptr<Job>* first, std::size_t count, bool repeated) {
  Writing writing(*database_, exemplars_, repeated);
  auto written = database_->begin(Database::Access::write);
  for (std::size_t i = 0; written && i < count; ++i) written = first[i]->write(writing);
  if (written) written = writing.commit();
  if (!written) database_->rollback();
  return written;
}

/// Where the connection is lost, once more with another: whether the first time was committed, that one finds out.
Answer<void> WriteQueue::write_surely(const std::unique_ptr<Job>* first, std::size_t count) {
  auto written = write_once(first, count, false);
  if (written || written.error().kind != DatabaseError::Kind::lost) return written;
  auto another = open_();
  if (!another) return tl::unexpected(std::move(another.error()));
  database_ = std::move(*another);
  // The server that answers now may be another, or the one of yesterday.
  exemplars_.clear();
  return write_once(first, count, true);
}

void WriteQueue::write(const Batch& batch) {
  auto written = write_surely(batch.data(), batch.size());
  if (!written && written.error().kind == DatabaseError::Kind::refused && batch.size() > 1) {
    // One of them cannot be written: the others do not suffer for it.
    for (const auto& job : batch) {
      const auto alone = write_surely(&job, 1);
      alone ? job->done() : job->failed(alone.error().text);
    }
    return;
  }
  for (const auto& job : batch) written ? job->done() : job->failed(written.error().text);
}

}  // namespace proviso::service
