#include <catch2/catch.hpp>

#include "support.hpp"

using namespace proviso;
using namespace proviso::decide::test;

namespace {

/// Approved when the condition holds, otherwise refused: open exactly while it is unknown.
struct Question {
  World world;
  std::unique_ptr<Trial> trial;

  Trial& when(NodeId condition) {
    return when(
        World::when(Outcome::approve, world.group(model::GroupKind::all, {World::criterion("only", condition)})));
  }
  Trial& when(model::Clause clause) {
    world.policy({std::move(clause), World::otherwise(Outcome::refuse)});
    trial = std::make_unique<Trial>(world);
    return trial->record();
  }
};

}  // namespace

TEST_CASE("a conjunction asks for its unknown operands, and for nothing once one is no") {
  Question question;
  World& w = question.world;
  Trial& trial = question.when(w.all({w.read("a"), w.read("b"), w.read("c")}));
  SECTION("unknown") {
    trial.truth("b", true).decide();
    CHECK(trial.needed() == "a c");
  }
  SECTION("no") {
    trial.truth("b", false).decide();
    CHECK(trial.outcome() == Outcome::refuse);
    CHECK(trial.needed().empty());
  }
}

TEST_CASE("a disjunction asks for its unknown operands, and for nothing once one is yes") {
  Question question;
  World& w = question.world;
  Trial& trial = question.when(w.any({w.read("a"), w.not_(w.read("b")), w.read("c")}));
  SECTION("unknown") {
    trial.truth("a", false).decide();
    CHECK(trial.needed() == "b c");
  }
  SECTION("yes") {
    trial.truth("b", false).decide();
    CHECK(trial.outcome() == Outcome::approve);
  }
}

TEST_CASE("a no below an unknown group asks for nothing") {
  Question question;
  World& w = question.world;
  Trial& trial = question.when(w.any({w.all({w.read("a"), w.read("b")}), w.read("c")}));
  trial.truth("a", false).decide();
  CHECK(trial.needed() == "c");
}

TEST_CASE("at least and none of ask for their unknown operands") {
  Question question;
  World& w = question.world;
  SECTION("at least 2") {
    Trial& trial = question.when(w.at_least(2, {w.read("a"), w.read("b"), w.read("c"), w.read("d")}));
    trial.truth("a", true).truth("c", false).decide();
    CHECK(trial.needed() == "b d");
  }
  SECTION("at least 2, out of reach") {
    Trial& trial = question.when(w.at_least(2, {w.read("a"), w.read("b"), w.read("c")}));
    trial.truth("a", false).truth("c", false).decide();
    CHECK(trial.outcome() == Outcome::refuse);
  }
  SECTION("none of") {
    Trial& trial = question.when(w.node(NodeKind::none_of, Kind::truth, {w.read("a"), w.read("b")}));
    trial.truth("a", false).decide();
    CHECK(trial.needed() == "b");
  }
}

TEST_CASE("groups of criteria ask in the order of the policy, each fact once, with all who ask") {
  Question question;
  World& w = question.world;
  const auto nested = w.group(model::GroupKind::at_least,
                              {World::criterion("pain", w.read("c")), World::criterion("night", w.read("a")),
                               World::criterion("walking", w.read("e"))},
                              2);
  const auto all =
      w.group(model::GroupKind::all, {World::criterion("first", w.any({w.read("a"), w.read("b")})),
                                      World::criterion("severe", nested), World::criterion("done", w.read("d"))});
  Trial& trial = question.when(World::when(Outcome::approve, all));
  trial.truth("d", true).truth("e", false).decide();
  CHECK(trial.needs() == "a(missing: first night) b(missing: first) c(missing: pain)");
  CHECK(trial.because() == "first=unknown severe=unknown pain=unknown night=unknown");
}

TEST_CASE("an unknown comparison asks for every unknown fact that it reads, through definitions") {
  Question question;
  World& w = question.world;
  const NodeId sum = w.defined(w.node(NodeKind::add, Kind::number, {w.read("x"), w.read("y")}));
  Trial& trial = question.when(w.less(sum, w.read("z")));
  SECTION("all") {
    trial.decide();
    CHECK(trial.needed() == "x y z");
  }
  SECTION("some") {
    trial.value("y", 1).decide();
    CHECK(trial.needed() == "x z");
  }
}

TEST_CASE("between and in ask like comparisons") {
  Question question;
  World& w = question.world;
  SECTION("between") {
    question.when(w.node(NodeKind::between, Kind::truth, {w.read("x"), w.read("y"), w.number(3)}))
        .value("y", 1)
        .decide();
    CHECK(question.trial->needed() == "x");
  }
  SECTION("in a set") {
    question.when(w.node(NodeKind::in_set, Kind::truth, {w.read("x"), w.number(1), w.read("y")}))
        .value("x", 2)
        .decide();
    CHECK(question.trial->needed() == "y");
  }
  SECTION("in a list that is not there") {
    question.when(w.node(NodeKind::in_list, Kind::truth, {w.read("procedure"), w.read(w.diagnoses)})).decide();
    CHECK(question.trial->needed() == "procedure diagnoses");
  }
  SECTION("in a list that is there") {
    Trial& trial = question.when(w.node(NodeKind::in_list, Kind::truth, {w.read("procedure"), w.read(w.diagnoses)}));
    trial.chunk.begin_list(w.diagnoses, 0);
    const std::size_t element = trial.chunk.add_row(1);
    SECTION("with what it holds") {
      trial.chunk.set_value(w.library.records[0].levels[1].facts[0], element, 7);
      trial.decide();
      CHECK(trial.needed() == "procedure");
    }
    SECTION("with an unknown value") {
      trial.decide();
      CHECK(trial.needed() == "procedure diagnoses");
    }
  }
}

TEST_CASE("a choice asks for its condition and for the branches that may be taken") {
  Question question;
  World& w = question.world;
  SECTION("of truth") {
    Trial& trial = question.when(w.node(NodeKind::conditional, Kind::truth, {w.read("a"), w.read("b"), w.read("c")}));
    SECTION("condition unknown") {
      trial.truth("c", false).decide();
      CHECK(trial.needed() == "a b");
    }
    SECTION("condition unknown, branches known to differ") {
      trial.truth("b", true).truth("c", false).decide();
      CHECK(trial.needed() == "a");
    }
    SECTION("both branches the same") {
      trial.truth("b", true).truth("c", true).decide();
      CHECK(trial.outcome() == Outcome::approve);
    }
    SECTION("condition known") {
      trial.truth("a", false).decide();
      CHECK(trial.needed() == "c");
    }
  }
  SECTION("of a value") {
    const NodeId limit = w.node(NodeKind::conditional, Kind::number, {w.read("a"), w.read("x"), w.read("y")});
    Trial& trial = question.when(w.less(limit, w.number(5)));
    SECTION("condition unknown") {
      trial.decide();
      CHECK(trial.needed() == "a x y");
    }
    SECTION("condition known") {
      trial.truth("a", true).decide();
      CHECK(trial.needed() == "x");
    }
  }
}

TEST_CASE("is known never asks, first known asks for all while all are unknown") {
  Question question;
  World& w = question.world;
  SECTION("is known") {
    question.when(w.all({w.not_(w.node(NodeKind::is_known, Kind::truth, {w.read("x")})), w.read("a")})).decide();
    CHECK(question.trial->needed() == "a");
  }
  const NodeId first = w.node(NodeKind::first_known, Kind::number, {w.read("x"), w.read("y")});
  SECTION("first known, none there") {
    question.when(w.less(first, w.number(3))).decide();
    CHECK(question.trial->needed() == "x y");
  }
  SECTION("first known, one there") {
    question.when(w.less(first, w.read("z"))).value("y", 2).decide();
    CHECK(question.trial->needed() == "z");
  }
}

TEST_CASE("what is inside a list is asked for by the list's name") {
  Question question;
  World& w = question.world;
  const model::LoopId loop = w.loop_over_visits();
  SECTION("any") {
    Trial& trial = question.when(w.over(NodeKind::any, loop, {w.all({w.read(w.visit_severe, loop), w.read("a")})}));
    SECTION("the list is missing") {
      trial.decide();
      CHECK(trial.needs() == "visits(missing: only)");
    }
    SECTION("an element is") {
      trial.visits().visit(false).visit({}).decide();
      CHECK(trial.needed() == "visits a");
    }
    SECTION("only what stands outside the list is") {
      trial.visits().visit(false).visit(true).decide();
      CHECK(trial.needed() == "a");
    }
    SECTION("nothing matters once one is yes") {
      trial.visits().visit(true).visit({}).truth("a", true).decide();
      CHECK(trial.outcome() == Outcome::approve);
    }
  }
  SECTION("every") {
    Trial& trial = question.when(w.over(NodeKind::every, loop, {w.read(w.visit_severe, loop)}));
    trial.visits().visit(true).visit({}).decide();
    CHECK(trial.needed() == "visits");
  }
  SECTION("count, by its bounds") {
    const NodeId count = w.over(NodeKind::count, loop, {w.any({w.read(w.visit_severe, loop), w.read("a")})});
    Trial& trial = question.when(w.compare(count, model::Comparison::greater_or_equal, w.number(2)));
    SECTION("undecided") {
      trial.visits().visit(true).visit({}).decide();
      CHECK(trial.needed() == "visits a");
    }
    SECTION("undecided, for a fact outside alone") {
      trial.visits().visit(true).visit(false).decide();
      CHECK(trial.needed() == "a");
    }
    SECTION("decided all the same") {
      trial.visits().visit(true).visit(true).visit({}).decide();
      CHECK(trial.outcome() == Outcome::approve);
    }
    SECTION("out of reach") {
      trial.visits().visit({}).decide();
      CHECK(trial.outcome() == Outcome::refuse);
    }
  }
  SECTION("sum, of the elements that count") {
    const NodeId sum = w.over(NodeKind::sum, loop, {w.read(w.visit_days, loop), w.read(w.visit_severe, loop)});
    Trial& trial = question.when(w.less(sum, w.read("x")));
    SECTION("an element that does not count may be incomplete") {
      trial.visits().visit(true, 3).visit(false).decide();
      CHECK(trial.needed() == "x");
    }
    SECTION("one that counts may not") {
      trial.visits().visit(true).decide();
      CHECK(trial.needed() == "visits x");
    }
    SECTION("nor one that may count") {
      trial.visits().visit({}, 3).value("x", 1).decide();
      CHECK(trial.needed() == "visits");
    }
  }
  SECTION("the least of nothing asks for nothing") {
    const NodeId least = w.over(NodeKind::least, loop, {w.read(w.visit_days, loop)});
    Trial& trial = question.when(w.less(least, w.number(3)));
    trial.visits().decide();
    CHECK(trial.outcome() == Outcome::review);
  }
}

TEST_CASE("a measurement that is out of date is needed, and known to be there") {
  Question question;
  World& w = question.world;
  Trial& trial = question.when(w.less(w.read(w.bmi), w.number(35)));
  trial.measured("bmi", 30, "2018-05-31");  // referred on 2019-06-01
  trial.record().measured("bmi", 30, "2018-06-01");
  trial.record().measured("bmi", 30, "2019-06-02");
  trial.record();
  trial.record().value("bmi", 30);
  trial.decide();
  CHECK(trial.needs(0) == "bmi(out of date: only)");
  CHECK(trial.outcome(1) == Outcome::approve);
  CHECK(trial.needs(2) == "bmi(out of date: only)");
  CHECK(trial.needs(3) == "bmi(missing: only)");
  CHECK(trial.outcome(4) == Outcome::approve);
}

TEST_CASE("shared expressions do not make the search long") {
  Question question;
  World& w = question.world;
  NodeId node = w.all({w.read("a"), w.read("b")});
  for (int i = 0; i < 200; ++i) node = w.any({w.all({node, node}), node});
  Trial& trial = question.when(node);
  trial.decide();
  CHECK(trial.needed() == "a b");
}

TEST_CASE("what is wrong with the input is said where the fact took part") {
  Question question;
  World& w = question.world;
  Trial& trial = question.when(w.all({w.read("a"), w.greater(w.read("x"), w.number(1))}));
  trial.truth("a", true);
  trial.chunk.add_problem(w.id_of("x"), 0, "not a number");
  trial.chunk.add_problem(w.id_of("y"), 0, "not a number");
  trial.decide();
  CHECK(trial.needed() == "x");
  CHECK(trial.notes() == "`x`: not a number");
}

TEST_CASE("what is wrong inside a list is said of the record that holds it") {
  Question question;
  World& w = question.world;
  const model::LoopId loop = w.loop_over_visits();
  Trial& trial = question.when(w.over(NodeKind::any, loop, {w.read(w.visit_severe, loop)}));
  trial.visits().visit(false).visit(false);
  trial.record().visits();
  trial.record().visits().visit({});
  trial.chunk.add_problem(w.visit_severe, 2, "not yes or no");
  trial.decide();
  CHECK(trial.notes(0).empty());
  CHECK(trial.notes(1).empty());
  CHECK(trial.notes(2) == "`visits.severe`: not yes or no");
}
