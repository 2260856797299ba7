#include "referrals.hpp"

#include <algorithm>
#include <random>

#include "value/calendar.hpp"
#include "value/code.hpp"

namespace proviso::bench {
namespace {

class Maker {
 public:
  template <typename T, typename Make>
  void fill(std::optional<T>& fact, Make make) {
    if (random_() % 10 != 0) fact = static_cast<T>(make());
  }
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(random_);
  }
  std::int64_t tenths(std::int64_t low, std::int64_t high) { return between(low, high) * 100'000; }

 private:
  std::mt19937_64 random_{20190401};
};

template <typename T>
void put(program::Chunk& chunk, std::size_t row, const char* name, const std::optional<T>& value) {
  if (value) chunk.set_value(chunk.record().find(0, name), row, static_cast<std::int64_t>(*value));
}

}  // namespace

std::vector<Referral> make_referrals(std::size_t count) {
  Maker maker;
  const std::int32_t day = *value::date_from_civil(2019, 4, 1);
  const std::int64_t hip = *value::parse_code(value::CodeSystem::opcs4, "W37.1");
  const std::int64_t knee = *value::parse_code(value::CodeSystem::opcs4, "W40.1");
  std::vector<Referral> referrals(count);
  for (Referral& r : referrals) {
    maker.fill(r.referred, [&] { return day + maker.between(-30, 365); });
    maker.fill(r.born, [&] { return day - maker.between(16 * 365, 95 * 365); });
    maker.fill(r.procedure, [&] { return maker.between(0, 9) == 0 ? knee : hip; });
    maker.fill(r.bmi, [&] { return maker.tenths(180, 440); });
    maker.fill(r.hba1c, [&] { return maker.tenths(250, 750); });
    maker.fill(r.months_treated, [&] { return maker.tenths(0, 240); });
    maker.fill(r.smoking, [&] { return maker.between(0, 2); });
    maker.fill(r.quit, [&] { return day - maker.between(0, 600); });
    maker.fill(r.pain, [&] { return maker.tenths(0, 100); });
    maker.fill(r.oxford_score, [&] { return maker.tenths(0, 480); });
    maker.fill(r.walking, [&] { return maker.tenths(0, 20000); });
    maker.fill(r.acuity, [&] { return maker.between(0, 4); });
  }
  return referrals;
}

std::vector<program::Chunk> make_chunks(const model::Library& library, const std::vector<Referral>& referrals,
                                        std::size_t chunk_rows) {
  std::vector<program::Chunk> chunks;
  for (std::size_t first = 0; first < referrals.size(); first += chunk_rows) {
    program::Chunk& chunk = chunks.emplace_back(library, 0);
    for (std::size_t i = first; i < std::min(first + chunk_rows, referrals.size()); ++i) {
      const Referral& r = referrals[i];
      const std::size_t row = chunk.add_row(0);
      put(chunk, row, "referred", r.referred);
      put(chunk, row, "born", r.born);
      put(chunk, row, "quit", r.quit);
      put(chunk, row, "procedure", r.procedure);
      put(chunk, row, "smoking", r.smoking);
      put(chunk, row, "acuity", r.acuity);
      put(chunk, row, "bmi", r.bmi);
      put(chunk, row, "pain", r.pain);
      put(chunk, row, "oxford_score", r.oxford_score);
      put(chunk, row, "walking", r.walking);
      put(chunk, row, "hba1c", r.hba1c);
      put(chunk, row, "months_treated", r.months_treated);
    }
    chunk.finish();
  }
  return chunks;
}

}  // namespace proviso::bench
