#pragma once

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "check/check.hpp"
#include "syntax/parse.hpp"
#include "text/render.hpp"
#include "trial/mutation/mutation.hpp"
#include "trial/mutation/mutation_report.hpp"

namespace proviso::trial::test {

/// A library of one file, which has no errors, and its mutants.
struct Mutated {
  text::Sources sources;
  model::Library library;
  MutationRun run;

  explicit Mutated(const std::string& content, std::size_t threads = 1, const std::vector<std::string>& policies = {}) {
    text::Diagnostics diagnostics;
    const auto file = sources.add("example.policy", content);
    std::vector<check::SourceTree> trees;
    trees.push_back({syntax::parse(sources, file, diagnostics), file, "."});
    library = check::check(trees, sources, diagnostics);
    INFO(text::render(diagnostics, sources, text::Format::text, false));
    REQUIRE(!diagnostics.has_errors());
    run = mutate(library, policies, threads, 1);
  }

  /// Null where there is none.
  const Mutant* find(MutantKind kind, std::string_view before, std::string_view after) const {
    for (const Mutant& each : run.mutants) {
      if (each.kind == kind && each.before == before && each.after == after) return &each;
    }
    return nullptr;
  }
  const Mutant& mutant(MutantKind kind, std::string_view before, std::string_view after) const {
    const Mutant* found = find(kind, before, after);
    std::string all;
    for (const Mutant& each : run.mutants) {
      all += std::string(spelling(each.kind)) + ": " + each.before + " -> " + each.after + "\n";
    }
    INFO(before << " -> " << after << " is not among\n" << all);
    REQUIRE(found != nullptr);
    return *found;
  }
  std::string title(CaseNumber number) const {
    return number.scenario == model::none ? "" : library.scenarios[number.scenario].title;
  }
  std::string text() const {
    std::string out;
    append_mutation_text(out, {library, sources}, run, false);
    return out;
  }
};

inline const std::string vocabulary = R"(library example
places { England { BLMK { Bedfordshire ods:06F Luton ods:06P } LLR } }
record Visit { on date  severe yes/no }
record Referral {
  id text  referred date  commissioner place  procedure code opcs4
  bmi number kg/m2  age number  smoker yes/no  rest yes/no  night yes/no  walks yes/no  cancer yes/no
  cause one of wear, break, other  grade scale low < middle < high  visits list of Visit
}
codes hip_codes opcs4 { W37..W39 }
threshold max_bmi: number kg/m2 { may vary from 30 to 45  40 from 2019-04-01  in Luton 35 from 2019-10-01 }
)";

inline const std::string hips = R"(policy hips "Hips" on Referral {
  source "Plan" effective 2019-04-01 dated by referred in BLMK
  applies when procedure in hip_codes
  exempt tumour when cancer "Cancer"
  approve when all {
    bmi "BMI": bmi <= max_bmi
    adult "Adult": age >= 18
    smoke_free "Does not smoke": not smoker
    reason "Reason": cause in { wear, break }
    severe "Severe": grade between middle and high or age > 90
    pain "Pain": at least 2 of { at_rest "Rest": rest  at_night "Night": night  walking "Walking": walks }
    often "Often": any v in visits where v.severe
  }
  otherwise refuse "Not funded"
}
variation of hips in Bedfordshire { from 2019-06-01 source "Paper" remove often }
)";

/// It catches some mutants, and is what the others are like.
inline const std::string usual = R"(scenario "Usual" of hips {
  given { procedure = opcs4:W38.1, commissioner = Luton, referred = 2020-01-01, bmi = 30 kg/m2, age = 40, smoker = no,
          rest = yes, night = yes, walks = no, cancer = no, cause = wear, grade = high,
          visits = { { severe = yes }, { severe = no } } }
  expect approve
}
)";

inline std::string like_usual(const std::string& facts, const std::string& expected) {
  return "scenario \"Noticing\" of hips { like \"Usual\" but { " + facts + " } expect " + expected + " }\n";
}

}  // namespace proviso::trial::test
