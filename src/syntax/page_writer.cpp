#include "syntax/page_writer.hpp"

namespace proviso::syntax {

void PageWriter::put(std::string_view text) {
  if (gap_due_ && !page_.empty()) page_ += '\n';
  gap_due_ = false;
  page_.append(std::size_t{2} * indent_, ' ');
  page_ += text;
  page_ += '\n';
  commented_ = false;
}

void PageWriter::comments_before(std::uint32_t offset) {
  for (; next_ < comments_.size() && comments_[next_].span.begin < offset; ++next_) {
    const Comment& comment = comments_[next_];
    if (comment.trailing && !commented_) {
      page_.pop_back();
      page_ += "  #" + comment.text + '\n';
    } else {
      put('#' + comment.text);
    }
    commented_ = true;
  }
}

void PageWriter::line(std::uint32_t offset, std::string_view text) {
  comments_before(offset);
  put(text);
  last_offset_ = offset;
}

void PageWriter::gap() { gap_due_ = !page_.empty(); }

std::string PageWriter::finish() {
  comments_before(UINT32_MAX);
  return page_;
}

}  // namespace proviso::syntax
