#include "service/register/packing.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "sample.hpp"
#include "service/register/register.hpp"

using namespace proviso::service;
using namespace proviso::service::sample;

namespace {

std::string explanation(const std::string& label, int value) {
  std::string text = "{\"decisions\": [";
  for (int i = 0; i < 30; ++i) {
    text += "{\"label\": \"" + label + " is below the threshold number " + std::to_string(i) +
            "\", \"value\": " + std::to_string(value + i) + "}, ";
  }
  return text + "]}";
}

std::string again(const Packed& packed) {
  return packed.exemplar ? unpack(packed.text, packed.exemplar->text()).value() : packed.text;
}

}  // namespace

TEST_CASE("texts that read alike are kept as differences from the first, and are themselves again") {
  Packer packer;
  const std::string first = explanation("The body mass index", 20);
  const std::string second = explanation("The body mass index", 31);
  const Packed kept_first = packer.pack(7, first);
  const Packed kept_second = packer.pack(7, second);
  REQUIRE(kept_first.exemplar);
  CHECK(kept_first.exemplar->text() == first);
  CHECK(kept_second.exemplar == kept_first.exemplar);
  CHECK(kept_second.text.size() < second.size() / 4);
  CHECK(again(kept_first) == first);
  CHECK(again(kept_second) == second);
}

TEST_CASE("a text that is unlike what it is said to be like is kept nevertheless") {
  Packer packer;
  packer.pack(7, explanation("The body mass index", 20));
  std::mt19937 random(20260101);
  std::string noise;
  while (noise.size() < 5000) noise += static_cast<char>(1 + random() % 255);
  for (const std::string& text : {noise, std::string("x"), std::string()}) {
    CHECK(again(packer.pack(7, text)) == text);
  }
}

TEST_CASE("what is like no other, or has a zero byte, is kept as it is") {
  Packer packer;
  CHECK_FALSE(packer.pack(0, "text").exemplar);
  CHECK_FALSE(packer.pack(7, std::string("te\0xt", 5)).exemplar);
  CHECK(packer.pack(7, std::string("te\0xt", 5)).text == std::string("te\0xt", 5));
}

TEST_CASE("more likenesses than are remembered do no harm") {
  Packer packer;
  for (std::uint64_t likeness = 1; likeness < 3000; ++likeness) {
    const std::string text = explanation("A criterion", static_cast<int>(likeness));
    CHECK(again(packer.pack(likeness % 1700 + 1, text)) == text);
  }
}

TEST_CASE("what does not belong together is told from what does") {
  Packer packer;
  const std::string text = explanation("The body mass index", 20);
  packer.pack(7, text);
  const Packed packed = packer.pack(7, explanation("The body mass index", 31));
  CHECK_FALSE(unpack(packed.text, ""));
  CHECK_FALSE(unpack("", text));
  CHECK_FALSE(unpack("12", text));
  CHECK_FALSE(unpack("12:", text));
  CHECK_FALSE(unpack("12:????", text));
  CHECK_FALSE(unpack("99999999999999999999:AAAA", text));
  CHECK_FALSE(unpack("200000000:AAAA", text));
  CHECK_FALSE(unpack("1" + packed.text, text));
  CHECK_FALSE(unpack(packed.text.substr(0, packed.text.size() - 8), text));
}

TEST_CASE("entries that read alike are read as they were brought, by another program too") {
  const Place place(GENERATE(from_range(kinds())));
  std::vector<LogEntry> brought;
  for (const int run : {0, 1}) {
    const auto kept = place.open();
    for (int i = 0; i < 20; ++i) {
      Submission submission = decision("R" + std::to_string(20 * run + i), "refuse");
      submission.entry.result = explanation("The body mass index", i);
      submission.likeness = static_cast<std::uint64_t>(1 + i % 3);
      brought.push_back(submission.entry);
      write(*kept, std::move(submission));
    }
  }
  const auto kept = place.open();
  const std::vector<LogEntry> read = entries(*kept);
  REQUIRE(read.size() == brought.size());
  for (std::size_t i = 0; i < read.size(); ++i) {
    CHECK(read[i].facts == brought[i].facts);
    CHECK(read[i].result == brought[i].result);
    CHECK(kept->entry(read[i].id).value()->result == brought[i].result);
  }
  CHECK(found(*kept).faults.empty());
  CHECK(place.tamper("SELECT count(*) FROM exemplars")[0] == "3");
}

TEST_CASE("a changed exemplar is found by the entries that differ from it, and a missing one too") {
  const Place place(GENERATE(from_range(kinds())));
  {
    const auto kept = place.open();
    for (int i = 0; i < 3; ++i) {
      Submission submission = decision("R" + std::to_string(i), "refuse");
      submission.entry.result = explanation("The body mass index", 20 + i);
      submission.likeness = i == 1 ? 0 : 5;
      write(*kept, std::move(submission));
    }
  }
  const std::vector<std::string> wanted = {"entry 1: its text was changed", "entry 3: its text was changed"};
  place.tamper("UPDATE exemplars SET text = replace(text, 'below', 'above')");
  CHECK(found(*place.open()).faults == wanted);
  place.tamper("DELETE FROM exemplars");
  CHECK(found(*place.open()).faults == wanted);
}
