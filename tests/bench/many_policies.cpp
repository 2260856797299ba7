#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "check/check.hpp"
#include "decide/decider.hpp"
#include "figures.hpp"
#include "input/reader.hpp"
#include "input/source.hpp"
#include "output/json_writer.hpp"
#include "syntax/parse.hpp"
#include "text/diagnostic.hpp"

// One referral at a time, as at submission: how much longer it takes where the library has ten thousand policies over
// forty places than where it has only ten of them. The referrals are the same, and to each applies one of the ten: what
// is measured is the cost of the policies that do not apply. Then once more with referrals spread over all ten
// thousand, where what each one needs has to come from far away in memory.
namespace {

using namespace proviso;

constexpr std::size_t places = 40;
constexpr std::size_t policies = 10'000;
constexpr std::size_t of_few = 10;
constexpr std::size_t referrals = 4096;

std::string two_digits(std::size_t number) {
  return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

std::string place_name(std::size_t number) { return "Place" + two_digits(number % places); }

/// One OPCS-4 code for each policy of a place.
std::string code(std::size_t number) {
  return std::string(1, static_cast<char>('A' + number / 90)) + std::to_string(10 + number % 90) + ".1";
}

/// Policies are alike in shape; limits, procedures and places are each one's own.
std::string policy_text(std::size_t number) {
  const std::string limit = std::to_string(30 + number % 11);
  std::string text = "policy procedure_" + std::to_string(number) + " \"Policy " + std::to_string(number);
  text += "\" on Referral {\n  category threshold\n  status adopted\n  source \"Commissioning policies\"\n";
  text += "  effective 2019-04-01\n  dated by referred\n  in " + place_name(number) + "\n";
  text += "  applies when procedure in { opcs4:" + code(number / places) + " }\n";
  text += "  exempt cancer when suspected_cancer \"Suspected cancer\"\n  approve when all {\n";
  text += "    bmi \"BMI is within the limit\": bmi <= " + limit + " kg/m2\n";
  text += "    adult \"Is an adult\": years from born to referred >= " + std::to_string(16 + number % 5) + "\n";
  text += "    smoke_free \"Does not smoke\": smoking = never or quit <= referred - " + std::to_string(8 + number % 4);
  text += " weeks\n    severe \"A sign of severe disease\": any {\n";
  text += "      pain \"Pain at night\": night_pain\n";
  text += "      score \"A low score\": score < " + std::to_string(18 + number % 7) + "\n    }\n  }\n";
  return text + "  otherwise refuse \"Not routinely funded\"\n}\n";
}

/// The number of one of the few among all, which are in places and about procedures of their own.
std::size_t number_of(std::size_t one_of_few) { return one_of_few * 1003; }

std::string library_text(const std::vector<std::size_t>& numbers) {
  std::string text = "library bench\nplaces {\n  England {\n";
  for (std::size_t i = 0; i < places; ++i) text += "    " + place_name(i) + "\n";
  text += R"(  }
}
record Referral "A referral" {
  id               text
  referred         date
  commissioner     place
  procedure        code opcs4
  suspected_cancer yes/no assume no
  bmi              number kg/m2
  born             date
  smoking          one of never, ex, current
  quit             date
  night_pain       yes/no
  score            number
}
)";
  for (const std::size_t number : numbers) text += policy_text(number);
  return text;
}

/// To each of them one of the policies applies; each is a block of its own, as it is submitted.
std::vector<input::Block> make_referrals(const std::vector<std::size_t>& numbers) {
  std::mt19937_64 random(7);
  const auto pick = [&](std::size_t below) { return random() % below; };
  std::vector<input::Block> blocks;
  for (std::size_t i = 0; i < referrals; ++i) {
    const std::size_t policy = numbers[pick(numbers.size())];
    const char* const smoking[] = {"never", "ex", "current"};
    std::string json = R"({"id": "R-)" + std::to_string(i) + R"(", "referred": "20)" + two_digits(20 + pick(6));
    json += R"(-06-15", "commissioner": ")" + place_name(policy) + R"(", "procedure": ")" + code(policy / places);
    json += R"(", "bmi": )" + std::to_string(20 + pick(25)) + R"(, "born": "19)" + two_digits(40 + pick(60));
    json += R"(-01-31", "smoking": ")" + std::string(smoking[pick(3)]) + R"(", "quit": "2020-04-0)";
    json += std::to_string(1 + pick(9)) + R"(", "night_pain": )" + (pick(2) == 0 ? "true" : "false");
    if (pick(4) != 0) json += R"(, "score": )" + std::to_string(10 + pick(20));
    json += "}";
    input::Block& block = blocks.emplace_back();
    block.records.push_back({0, json.size(), 1, {}});
    block.bytes = json + std::string(input::block_padding, ' ');
  }
  return blocks;
}

struct Times {
  double read = 0;     ///< from JSON to columns
  double decided = 0;  ///< and decided
  double whole = 0;    ///< and written as JSON
};

class Library {
 public:
  explicit Library(const std::vector<std::size_t>& numbers) {
    const std::uint32_t file = sources_.add("bench.policy", library_text(numbers));
    std::vector<check::SourceTree> trees;
    trees.push_back({syntax::parse(sources_, file, diagnostics_), file, "."});
    library_ = check::check(trees, sources_, diagnostics_);
    if (library_.policies.size() != numbers.size()) std::fprintf(stderr, "the library has errors\n");
  }

  bool good() const { return !library_.policies.empty(); }

  Times measure(const std::vector<input::Block>& blocks) const {
    const decide::Engine engine(library_, "Referral");
    engine.compile_all();
    const output::JsonWriter writer(engine);
    const auto reader = input::make_json_reader(library_, engine.record_index());
    decide::Decider decider(engine);
    decide::Decisions decisions;
    program::Chunk chunk(library_, engine.record_index());
    input::Results results;
    std::string text;
    std::size_t applied = 0;
    std::size_t decided = 0;
    const auto one = [&](const input::Block& block, bool decides, bool writes) {
      chunk.clear();
      results.clear();
      reader->read(block, chunk, results);
      chunk.finish();
      if (!decides) return;
      decider.decide(chunk, decisions);
      applied += decisions.decisions.size();
      ++decided;
      text.clear();
      if (writes) writer.append(text, chunk, decisions, 0, 1);
    };
    const auto all = [&](bool decides, bool writes) {
      return bench::measure(referrals, [&] {
        for (const input::Block& block : blocks) one(block, decides, writes);
      });
    };
    const Times times{all(false, false), all(true, false), all(true, true)};
    if (applied != decided) std::fprintf(stderr, "not one policy applied to each\n");
    return times;
  }

 private:
  text::Sources sources_;
  text::Diagnostics diagnostics_;
  model::Library library_;
};

void print(const char* name, const Times& times) {
  std::printf("%s: read %.0f ns, decided %.0f ns more, written %.0f ns more\n", name, times.read,
              times.decided - times.read, times.whole - times.decided);
}

}  // namespace

int main() {
  std::vector<std::size_t> few_numbers;
  std::vector<std::size_t> all_numbers;
  for (std::size_t i = 0; i < of_few; ++i) few_numbers.push_back(number_of(i));
  for (std::size_t i = 0; i < policies; ++i) all_numbers.push_back(i);
  const Library few(few_numbers);
  const Library many(all_numbers);
  if (!few.good() || !many.good()) return 1;
  const std::vector<input::Block> same = make_referrals(few_numbers);
  const Times by_few = few.measure(same);
  const Times by_many = many.measure(same);
  const Times spread = many.measure(make_referrals(all_numbers));
  print("10 policies", by_few);
  print("10000 policies", by_many);
  print("10000 policies, each of them applying to some", spread);
  bench::figure("one_referral_few_policies", by_few.whole, "ns");
  bench::figure("one_referral_many_policies", by_many.whole, "ns");
  bench::figure("one_referral_many_policies_spread", spread.whole, "ns");
  bench::figure("many_policies_over_few", (by_many.decided - by_many.read) / (by_few.decided - by_few.read), "ratio");
  bench::figure("one_referral_many_over_few", by_many.whole / by_few.whole, "ratio");
  return 0;
}
