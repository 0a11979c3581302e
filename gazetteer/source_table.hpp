#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "gazetteer/builder.hpp"

namespace demarc {

/// A tab-separated table: comment lines (#), a header row, then rows. Columns are found by their header's name.
/// Fields are trimmed; empty lines are skipped. Errors (bad_data, where = file:line): no header, a column that isn't among
/// `allowed`, a column named twice, a required one missing, a row with more fields than the header.
class SourceTable {
public:
    struct Row {
        std::size_t line = 0;
        std::vector<std::string_view> fields;
    };
    /// `text` must outlive the table.
    [[nodiscard]] static Result<SourceTable> parse(std::string_view text, std::string path, const std::vector<std::string_view>& allowed,
                                                   const std::vector<std::string_view>& required);
    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
    /// Field of a row; "" where the row or the table has no such column.
    [[nodiscard]] std::string_view field(const Row& row, std::string_view column) const;
    [[nodiscard]] std::string where(const Row& row) const { return path_ + ":" + std::to_string(row.line); }

private:
    std::string path_;
    std::vector<std::string_view> columns_;
    std::vector<Row> rows_;
};

/// Records of a places table (docs/gazetteer.md gives the columns). Errors: bad_data with file:line and what is allowed.
[[nodiscard]] Result<std::vector<SourceRecord>> read_places(std::string_view text, const std::string& path);

/// Records of a people table.
[[nodiscard]] Result<std::vector<SourceRecord>> read_people(std::string_view text, const std::string& path);

/// BCP 47 language with script of a name by the letters it is written in: han "zh-Hani", kana "ja-Kana", hangul "ko-Hang",
/// Cyrillic "ru-Cyrl", else `latin`. `han` is what Han characters mean here.
[[nodiscard]] std::string language_of(std::string_view name, std::string_view latin, std::string_view han = "zh-Hani");

}  // namespace demarc
