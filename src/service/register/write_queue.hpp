#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_set>
#include <vector>

#include "service/register/database.hpp"
#include "service/register/rules.hpp"

namespace proviso::service {

/// One thread that writes what many bring: one transaction for all that waited while the last was written.
class WriteQueue {
 public:
  /// What may wait. More is told at once that it is not written.
  static constexpr std::size_t most_waiting = 10000;

  class Job {
   public:
    Job() = default;
    Job(const Job&) = delete;
    Job& operator=(const Job&) = delete;
    virtual ~Job() = default;
    /// May be called again, after what it wrote was rolled back.
    virtual Answer<void> write(Writing& writing) = 0;
    /// One of the two, once.
    virtual void done() = 0;
    virtual void failed(const std::string& why) = 0;
  };

  /// `open` opens the database again after its connection was lost.
  WriteQueue(std::unique_ptr<Database> database, OpenDatabase open);
  /// Writes what waits.
  ~WriteQueue();
  WriteQueue(const WriteQueue&) = delete;
  WriteQueue& operator=(const WriteQueue&) = delete;

  void add(std::unique_ptr<Job> job);

 private:
  using Batch = std::vector<std::unique_ptr<Job>>;

  /// False, with the job left where it is, where no more may wait.
  bool enqueue(std::unique_ptr<Job>& job);
  void work();
  void write(const Batch& batch);
  Answer<void> write_once(const std::unique_ptr<Job>* first, std::size_t count, bool repeated);
  Answer<void> write_surely(const std::unique_ptr<Job>* first, std::size_t count);

  std::unique_ptr<Database> database_;
  OpenDatabase open_;
  std::unordered_set<std::string> exemplars_;  ///< those that this connection found or left on disk
  std::mutex mutex_;
  std::condition_variable something_waits_;
  Batch waiting_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace proviso::service
