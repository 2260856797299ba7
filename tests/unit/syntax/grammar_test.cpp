#include <catch2/catch.hpp>
#include <tao/pegtl/contrib/analyze.hpp>

#include "../../../grammar/file.hpp"

TEST_CASE("no rule of the grammar can go round without taking anything") {
  CHECK(tao::pegtl::analyze<proviso::grammar::file>(1) == 0);
  CHECK(tao::pegtl::analyze<proviso::grammar::lone_expression>(1) == 0);
}
