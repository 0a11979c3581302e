#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "gazetteer/builder.hpp"
#include "gazetteer/external_sort.hpp"

namespace demarc {

/// Records put away in a temporary file until all are there, and read back in the order of their ids. Memory: the ids and 16 bytes a record.
class RecordSpill {
public:
    explicit RecordSpill(TemporaryFile file) : file_(std::move(file)) {}

    /// Errors: io; bad_data for a record without id or name, or with more than 65,535 names.
    Status add(const SourceRecord& record);
    /// Sorts by id. Errors: io; bad_data for an id given twice.
    Status sort();
    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    /// The n-th record in the order of ids, once sorted. Errors: io.
    Result<SourceRecord> read(std::size_t n);

private:
    struct Entry {
        std::uint64_t offset;
        std::uint32_t size, id;  ///< bytes of the record; begin of its id in ids_
    };
    [[nodiscard]] std::string_view id_of(const Entry& entry) const;

    TemporaryFile file_;
    std::uint64_t written_ = 0;
    std::string buffer_, ids_;  ///< ids_: each with a zero byte behind it
    std::vector<Entry> entries_;
};

}  // namespace demarc
