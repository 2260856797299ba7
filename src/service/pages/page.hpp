#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "service/http/message.hpp"
#include "service/pages/html.hpp"

/// The frame of all pages: header, navigation, the statement of what this is, and the headers that keep a page to
/// itself.
namespace proviso::service::pages {

/// Something that a person typed and that cannot be read.
struct Mistake {
  std::string field;  ///< the id of the control; empty where there is none
  std::string message;
};

struct Page {
  std::string title;  ///< without what the frame adds
  std::string here;   ///< the address in the navigation that it belongs to
  Html body;          ///< with its `h1`
  std::vector<Mistake> mistakes = {};
  int status = 200;
};

/// With a summary of its mistakes at the top, each a link to its field, and `Error:` in the title.
Response respond(const Page& page);
/// A page of one heading and a sentence, and a link to go on from.
Response notice(int status, std::string_view heading, std::string_view sentence, std::string_view address,
                std::string_view link);

/// Of all pages: no script, no other file.
extern const std::string_view stylesheet;

}  // namespace proviso::service::pages
