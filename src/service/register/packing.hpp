#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

/// Keeping explanations in little room. What one decision by a policy reads differs from another's in a few words, so
/// the log keeps one of them whole, as an exemplar, and of those like it only how they differ (LZ4).
namespace proviso::service {

/// A text that others are kept as differences from. Never changed.
class Exemplar {
 public:
  explicit Exemplar(std::string text);
  ~Exemplar();
  Exemplar(const Exemplar&) = delete;
  Exemplar& operator=(const Exemplar&) = delete;

  const std::string& id() const { return id_; }  ///< `sha256:...` of the text
  const std::string& text() const { return text_; }
  /// How the text differs from it: its size, a colon and letters (base64).
  std::string difference(std::string_view text) const;

 private:
  struct Prepared;
  std::string id_;
  std::string text_;
  std::unique_ptr<const Prepared> prepared_;
};

struct Packed {
  std::string text;                          ///< the difference, or the text itself where there is no exemplar
  std::shared_ptr<const Exemplar> exemplar;  ///< must be on disk with it
};

/// Any number of threads may use it.
class Packer {
 public:
  /// The first text of a likeness becomes its exemplar. `likeness` says which texts read alike: where it is wrong,
  /// more room is taken, and nothing else happens. 0: unlike any other.
  Packed pack(std::uint64_t likeness, std::string_view text);

 private:
  /// Each takes some twenty kilobytes. Beyond as many, all are forgotten, and new ones found.
  static constexpr std::size_t most_exemplars = 1000;

  std::mutex mutex_;
  std::unordered_map<std::uint64_t, std::shared_ptr<const Exemplar>> exemplars_;
};

/// The text again; nothing where the two do not belong together.
std::optional<std::string> unpack(std::string_view difference, std::string_view exemplar);

}  // namespace proviso::service
