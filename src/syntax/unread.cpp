#include "syntax/unread.hpp"

#include "grammar/words.hpp"

namespace proviso::syntax {

void add_names(std::string_view unread, std::vector<std::string>& names) {
  const char* end = unread.data() + unread.size();
  for (const char* here = unread.data(); here < end;) {
    if (*here == '#') {
      here = grammar::past_line(here, end);
    } else if (*here == '"') {
      const char* stop = grammar::past_text(here, end);
      names.emplace_back(here, stop);
      here = stop;
    } else if (grammar::is_letter(*here)) {
      const char* begin = here;
      const char* stop = grammar::past_name(here, end);
      names.emplace_back(begin, stop);
      while (end - stop > 1 && *stop == '.' && grammar::is_letter(stop[1])) {
        const char* part = stop + 1;
        stop = grammar::past_name(part, end);
        names.emplace_back(part, stop);
        names.emplace_back(begin, stop);
      }
      here = stop;
    } else {
      ++here;
    }
  }
}

}  // namespace proviso::syntax
