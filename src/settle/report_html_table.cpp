#include "settle/report_html_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "output/html.hpp"

namespace proviso::settle {
namespace {

using output::escape_html;

constexpr std::size_t many_columns = 9;  // more need small print to stand side by side on paper

class HtmlTable {
 public:
  HtmlTable(std::string& out, const ReportTable& table) : out_(out), table_(table) {
    const auto grouped = [](const ReportColumn& column) { return !column.group.empty(); };
    grouped_ = std::any_of(table.columns.begin(), table.columns.end(), grouped);
  }

  void append(std::string_view style) {
    append("<div class=\"table-wide\"><table class=\"{}{}\">\n<caption>{}</caption>\n", style,
           table_.columns.size() > many_columns ? " many" : "", escape_html(table_.caption));
    append_heads();
    out_ += "<tbody>\n";
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      append_row([&](const ReportColumn& column) {
        return column.sentences ? with_code(column.cells[row]) : escape_html(column.cells[row]);
      });
    }
    out_ += "</tbody>\n";
    if (table_.totals && table_.rows() > 1) {
      out_ += "<tfoot>\n";
      append_row([](const ReportColumn& column) { return escape_html(column.total); });
      out_ += "</tfoot>\n";
    }
    out_ += "</table></div>\n";
  }

 private:
  std::string& out_;
  const ReportTable& table_;
  bool grouped_ = false;

  template <class... Parts>
  void append(fmt::format_string<Parts...> text, Parts&&... parts) {
    fmt::format_to(std::back_inserter(out_), text, std::forward<Parts>(parts)...);
  }

  /// Whether a group of columns begins there.
  bool begins_group(std::size_t column) const {
    const std::string& group = table_.columns[column].group;
    return !group.empty() && (column == 0 || table_.columns[column - 1].group != group);
  }

  std::string class_of(std::size_t column) const {
    std::string names;
    const auto add = [&](bool is, const char* name) {
      if (is) names += (names.empty() ? "" : " ") + std::string(name);
    };
    add(table_.columns[column].number, "number");
    add(table_.columns[column].sentences, "words");
    add(table_.columns[column].breaks, "text");
    add(begins_group(column), "group");
    return names.empty() ? names : fmt::format(" class=\"{}\"", names);
  }

  void append_column_head(std::size_t column, std::string_view rows) {
    append("<th scope=\"col\"{}{}>{}</th>", rows, class_of(column), escape_html(table_.columns[column].name));
  }

  void append_heads() {
    out_ += "<thead>\n<tr>";
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      const ReportColumn& column = table_.columns[i];
      if (column.group.empty()) {
        append_column_head(i, grouped_ ? " rowspan=\"2\"" : "");
      } else if (begins_group(i)) {
        std::size_t after = i;
        while (after < table_.columns.size() && table_.columns[after].group == column.group) ++after;
        append("<th scope=\"colgroup\" colspan=\"{}\" class=\"group\">{}</th>", after - i, escape_html(column.group));
      }
    }
    out_ += "</tr>\n";
    if (grouped_) {
      out_ += "<tr>";
      for (std::size_t i = 0; i < table_.columns.size(); ++i) {
        if (!table_.columns[i].group.empty()) append_column_head(i, "");
      }
      out_ += "</tr>\n";
    }
    out_ += "</thead>\n";
  }

  /// `text` gives the cells of columns, escaped already.
  template <class Text>
  void append_row(Text text) {
    out_ += "<tr>";
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      const std::string cell = text(table_.columns[i]);
      if (i == 0) {
        append("<th scope=\"row\">{}</th>", cell);
      } else {
        append("<td{}>{}</td>", class_of(i), cell);
      }
    }
    out_ += "</tr>\n";
  }
};

}  // namespace

std::string with_code(const std::string& text) {
  std::string out;
  bool inside = false;
  for (const char character : escape_html(text)) {
    if (character != '`') {
      out += character;
    } else {
      out += inside ? "</code>" : "<code>";
      inside = !inside;
    }
  }
  return inside ? out + "</code>" : out;
}

void append_html_table(std::string& out, const ReportTable& table, std::string_view style) {
  HtmlTable(out, table).append(style);
}

}  // namespace proviso::settle
