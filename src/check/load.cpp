#include "check/load.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include "syntax/parse.hpp"

namespace proviso::check {

namespace {

namespace fs = std::filesystem;
using text::Code;

struct FoundFile {
  fs::path path;
  std::string within;  // its path from the folder that was named
};

std::vector<FoundFile> find_files(const std::string& named) {
  std::vector<FoundFile> found;
  std::error_code error;
  if (!fs::is_directory(named, error)) return {{named, fs::path(named).filename().string()}};
  for (fs::recursive_directory_iterator it(named, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() != ".policy" || !it->is_regular_file(error)) continue;
    found.push_back({it->path(), it->path().lexically_relative(named).string()});
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.within < b.within; });
  return found;
}

class Digest {
 public:
  Digest() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) { EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr); }
  /// Length first, so that what belongs to which part is never in doubt.
  void add(const std::string& part) {
    const std::string length = fmt::format("{}:", part.size());
    EVP_DigestUpdate(context_.get(), length.data(), length.size());
    EVP_DigestUpdate(context_.get(), part.data(), part.size());
  }
  std::string finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned int size = 0;
    EVP_DigestFinal_ex(context_.get(), bytes.data(), &size);
    std::string out = "sha256:";
    for (unsigned int i = 0; i < size; ++i) out += fmt::format("{:02x}", bytes[i]);
    return out;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

Loaded load(const std::vector<std::string>& paths, text::Sources& sources, text::Diagnostics& diagnostics) {
  Loaded loaded;
  Digest digest;
  for (const auto& named : paths) {
    const auto files = find_files(named);
    if (files.empty()) {
      const auto file = sources.add(named, "");
      diagnostics.add(Code::no_policy_files, {file, 0, 0},
                      fmt::format("the folder `{}` has no `.policy` files", named));
    }
    for (const auto& found : files) {
      std::ifstream stream(found.path, std::ios::binary);
      std::string content{std::istreambuf_iterator<char>(stream), {}};
      if (!stream && content.empty()) {
        const auto file = sources.add(found.path.string(), "");
        diagnostics.add(Code::unreadable_file, {file, 0, 0},
                        fmt::format("`{}` cannot be read: {}", found.path.string(),
                                    fs::exists(found.path) ? "permission denied" : "there is no such file or folder"));
        continue;
      }
      digest.add(found.within);
      digest.add(content);
      const auto file = sources.add(found.path.string(), std::move(content));
      SourceTree source{syntax::parse(sources, file, diagnostics), file, found.path.parent_path().string()};
      if (fs::is_directory(named)) source.folder = named;
      loaded.trees.push_back(std::move(source));
    }
  }
  loaded.digest = digest.finish();
  return loaded;
}

model::Library load_library(const std::vector<std::string>& paths, text::Sources& sources,
                            text::Diagnostics& diagnostics) {
  const Loaded loaded = load(paths, sources, diagnostics);
  model::Library library = check(loaded.trees, sources, diagnostics);
  library.digest = loaded.digest;
  return library;
}

}  // namespace proviso::check
