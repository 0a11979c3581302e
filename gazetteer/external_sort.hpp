#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <future>
#include <memory>
#include <queue>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace demarc {

/// A file without a name in a folder, gone when closed.
class TemporaryFile {
public:
    /// Errors: cannot_create.
    [[nodiscard]] static Result<TemporaryFile> make(const std::string& folder);
    [[nodiscard]] std::FILE* get() const { return file_.get(); }

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::unique_ptr<std::FILE, Close> file_;
};

/// Sorts more items than memory should hold: runs of `run_items` are sorted, one while the next is filled, written to a temporary file, and merged when read.
/// T is trivially copyable; Less a total order, so that the result doesn't hang on the runs. Memory: two runs while adding, 1 MiB a run while reading.
template <class T, class Less>
class ExternalSorter {
public:
    ExternalSorter(TemporaryFile file, std::size_t run_items) : file_(std::move(file)), run_items_(run_items) {}

    /// Errors: io (a full disk).
    Status add(const T& item) {
        filling_.push_back(item);
        return filling_.size() < run_items_ ? Status() : end_run();
    }

    /// Calls use(item) for every item in order; use returns a Status. Errors: io, and those of use.
    template <class Use>
    Status merge(Use use) {
        if (runs_.empty() && !sorting_.valid()) {
            std::sort(filling_.begin(), filling_.end(), Less());
            for (const T& item : filling_) {
                if (Status status = use(item); !status) return status;
            }
            return {};
        }
        if (!filling_.empty()) {
            if (Status status = end_run(); !status) return status;
        }
        if (Status status = write_sorted(); !status) return status;
        std::vector<T>().swap(filling_);
        std::vector<Reader> readers;
        readers.reserve(runs_.size());
        for (const Run& run : runs_) readers.push_back({run.begin, run.end, {}, 0});
        const auto later = [&](std::size_t a, std::size_t b) { return Less()(readers[b].item(), readers[a].item()); };
        std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(later)> heads(later);
        for (std::size_t i = 0; i < readers.size(); ++i) {
            if (!fill(readers[i])) return failed();
            heads.push(i);
        }
        while (!heads.empty()) {
            const std::size_t i = heads.top();
            heads.pop();
            Reader& reader = readers[i];
            if (Status status = use(reader.item()); !status) return status;
            if (++reader.at == reader.block.size() && reader.next < reader.end && !fill(reader)) return failed();
            if (reader.at < reader.block.size()) heads.push(i);
        }
        return {};
    }

private:
    struct Run {
        std::size_t begin, end;  // items
    };
    struct Reader {
        std::size_t next, end;
        std::vector<T> block;
        std::size_t at;
        [[nodiscard]] const T& item() const { return block[at]; }
    };
    static constexpr std::size_t block_items = (std::size_t{1} << 20) / sizeof(T) + 1;

    static Status failed() { return Error{ErrorCode::io, "a temporary file can't be written or read; is the disk full?", ""}; }

    Status end_run() {
        if (Status status = write_sorted(); !status) return status;
        sorting_ = std::async(std::launch::async, [items = std::move(filling_)]() mutable {
            std::sort(items.begin(), items.end(), Less());
            return std::move(items);
        });
        filling_ = {};
        filling_.reserve(run_items_);
        return {};
    }

    Status write_sorted() {
        if (!sorting_.valid()) return {};
        const std::vector<T> items = sorting_.get();
        const std::size_t begin = runs_.empty() ? 0 : runs_.back().end;
        if (std::fwrite(items.data(), sizeof(T), items.size(), file_.get()) != items.size() || std::fflush(file_.get()) != 0) return failed();
        runs_.push_back({begin, begin + items.size()});
        return {};
    }

    bool fill(Reader& reader) {
        reader.block.resize(std::min(block_items, reader.end - reader.next));
        reader.at = 0;
        if (std::fseek(file_.get(), static_cast<long>(reader.next * sizeof(T)), SEEK_SET) != 0) return false;
        reader.next += reader.block.size();
        return std::fread(reader.block.data(), sizeof(T), reader.block.size(), file_.get()) == reader.block.size();
    }

    TemporaryFile file_;
    std::size_t run_items_;
    std::vector<T> filling_;
    std::future<std::vector<T>> sorting_;
    std::vector<Run> runs_;
};

}  // namespace demarc
