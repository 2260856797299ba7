#include "settle/report_text_table.hpp"

#include <algorithm>

#include "output/show_table.hpp"
#include "text/utf8.hpp"

namespace proviso::settle {
namespace {

constexpr std::size_t widest_cell = 60;  // a longer one goes on below
constexpr std::size_t widest_name = 16;  // likewise, unless its column is wider

void append_cell(std::string& out, const std::string& text, std::size_t width, bool number) {
  const std::size_t blank = width - std::min(width, columns_of(text));
  if (number) out.append(blank, ' ');
  out += text;
  if (!number) out.append(blank, ' ');
}

/// `---- Provider ----`: over the columns of a group, as wide as they are.
std::string between_dashes(const std::string& group, std::size_t width) {
  const std::size_t name = columns_of(group) + 2;
  const std::size_t dashes = width - std::min(width, name);
  return std::string(dashes / 2, '-') + " " + group + " " + std::string(dashes - dashes / 2, '-');
}

/// A table of columns two spaces apart, with the groups of columns over their names.
class TextTable {
 public:
  TextTable(std::string& out, const ReportTable& table) : out_(out), table_(table) {
    for (const ReportColumn& column : table.columns) {
      std::size_t width = table.totals ? columns_of(column.total) : 0;
      for (std::size_t row = 0; row < table.rows(); ++row) width = std::max(width, columns_of(cell_of(column, row)));
      width = std::min(width, widest_cell);
      for (const std::string& line : output::wrap(column.name, std::max(width, widest_name))) {
        width = std::max(width, columns_of(line));
      }
      widths_.push_back(width);
    }
    for (std::size_t i = 0; i < table.columns.size(); i = after_group(i)) widen(i);
  }

  void append() {
    append_groups();
    append_row([](const ReportColumn& column) { return column.name; }, true);
    append_rule();
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      append_row([&](const ReportColumn& column) { return cell_of(column, row); });
    }
    if (!table_.totals || table_.rows() < 2) return;
    append_rule();
    append_row([](const ReportColumn& column) { return column.total; });
  }

 private:
  std::string& out_;
  const ReportTable& table_;
  std::vector<std::size_t> widths_;

  static std::string cell_of(const ReportColumn& column, std::size_t row) {
    return without_controls(column.sentences ? without_quotes(column.cells[row]) : column.cells[row]);
  }

  /// The first column after those of the same group.
  std::size_t after_group(std::size_t first) const {
    const std::string& group = table_.columns[first].group;
    std::size_t next = first + 1;
    while (!group.empty() && next < table_.columns.size() && table_.columns[next].group == group) ++next;
    return next;
  }

  std::size_t group_width(std::size_t first) const {
    std::size_t width = 0;
    for (std::size_t i = first; i < after_group(first); ++i) width += widths_[i] + (i == first ? 0 : 2);
    return width;
  }

  /// Makes room for the heading of the group that begins there.
  void widen(std::size_t first) {
    if (table_.columns[first].group.empty()) return;
    const std::size_t wanted = columns_of(table_.columns[first].group) + (after_group(first) == first + 1 ? 0 : 2);
    const std::size_t width = group_width(first);
    if (wanted > width) widths_[first] += wanted - width;
  }

  void append_groups() {
    const auto grouped = [](const ReportColumn& column) { return !column.group.empty(); };
    if (std::none_of(table_.columns.begin(), table_.columns.end(), grouped)) return;
    out_ += "  ";
    for (std::size_t i = 0; i < table_.columns.size(); i = after_group(i)) {
      const std::string& group = table_.columns[i].group;
      const bool alone = after_group(i) == i + 1;
      append_cell(out_, alone ? group : between_dashes(group, group_width(i)), group_width(i), true);
      out_ += "  ";
    }
    end_line(out_);
  }

  /// Names of columns end just over the rule; other cells begin on the row's first line.
  template <class Text>
  void append_row(Text text, bool at_bottom = false) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      cells.push_back(output::wrap(text(table_.columns[i]), widths_[i]));
      height = std::max(height, cells.back().size());
    }
    for (std::size_t line = 0; line < height; ++line) {
      out_ += "  ";
      for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::size_t above = at_bottom ? height - cells[i].size() : 0;
        const bool is_there = line >= above && line - above < cells[i].size();
        append_cell(out_, is_there ? cells[i][line - above] : "", widths_[i], table_.columns[i].number);
        out_ += "  ";
      }
      end_line(out_);
    }
  }

  void append_rule() {
    out_ += "  ";
    for (const std::size_t width : widths_) out_ += std::string(width, '-') + "  ";
    end_line(out_);
  }
};

}  // namespace

std::size_t columns_of(const std::string& text) { return text::count_characters(text); }

void end_line(std::string& out) {
  while (!out.empty() && out.back() == ' ') out.pop_back();
  out += '\n';
}

std::string without_controls(const std::string& words) {
  std::string out;
  for (std::size_t at = 0; at < words.size();) {
    const text::Character character = text::decode(words, at);
    const bool shown = character.valid && !text::is_control(character.code_point);
    out += shown ? words.substr(at, character.length) : text::encode(text::replacement_character);
    at += character.length;
  }
  return out;
}

std::string without_quotes(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '`'), text.end());
  return text;
}

void append_text_table(std::string& out, const ReportTable& table) { TextTable(out, table).append(); }

}  // namespace proviso::settle
