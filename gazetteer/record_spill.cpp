#include "gazetteer/record_spill.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace demarc {
namespace {

Error failed() { return {ErrorCode::io, "a temporary file can't be written or read; is the disk full?", ""}; }

class Writer {
public:
    explicit Writer(std::string& out) : out_(out) {}
    void text(const std::string& value) {
        number(static_cast<std::uint32_t>(value.size()));
        out_ += value;
    }
    template <class T>
    void number(T value) {
        out_.append(reinterpret_cast<const char*>(&value), sizeof value);
    }

private:
    std::string& out_;
};

class Reader {
public:
    explicit Reader(const std::string& bytes) : bytes_(bytes) {}
    std::string text() {
        const auto size = number<std::uint32_t>();
        std::string out = bytes_.substr(at_, size);
        at_ += size;
        return out;
    }
    template <class T>
    T number() {
        T value{};
        std::memcpy(&value, bytes_.data() + at_, sizeof value);
        at_ += sizeof value;
        return value;
    }

private:
    const std::string& bytes_;
    std::size_t at_ = 0;
};

// Both walk the fields in the same order.
void write(const SourceRecord& record, std::string& bytes) {
    Writer out(bytes);
    for (const std::string* text : {&record.id, &record.name, &record.kind, &record.country, &record.admin, &record.family, &record.given, &record.source, &record.roles, &record.where}) out.text(*text);
    out.number(record.record_class);
    out.number(record.position.has_value());
    out.number(record.position.value_or(LonLat{}));
    out.number(record.precision_m);
    out.number(record.from), out.number(record.to), out.number(record.rank);
    out.number(record.ambiguous), out.number(record.family_first), out.number(record.imported);
    out.number(static_cast<std::uint32_t>(record.names.size()));
    for (const SourceName& name : record.names) {
        for (const std::string* text : {&name.text, &name.lang, &name.family, &name.given}) out.text(*text);
        out.number(name.kind), out.number(name.from), out.number(name.to), out.number(name.cost);
        out.number(static_cast<std::uint32_t>(name.route.size()));
        for (const RouteStep& step : name.route) out.text(step.text), out.text(step.label);
    }
}

SourceRecord read_record(const std::string& bytes) {
    Reader in(bytes);
    SourceRecord record;
    for (std::string* text : {&record.id, &record.name, &record.kind, &record.country, &record.admin, &record.family, &record.given, &record.source, &record.roles, &record.where}) *text = in.text();
    record.record_class = in.number<RecordClass>();
    const bool has_position = in.number<bool>();
    const auto position = in.number<LonLat>();
    if (has_position) record.position = position;
    record.precision_m = in.number<double>();
    record.from = in.number<std::int16_t>(), record.to = in.number<std::int16_t>(), record.rank = in.number<std::uint8_t>();
    record.ambiguous = in.number<bool>(), record.family_first = in.number<bool>(), record.imported = in.number<bool>();
    record.names.resize(in.number<std::uint32_t>());
    for (SourceName& name : record.names) {
        for (std::string* text : {&name.text, &name.lang, &name.family, &name.given}) *text = in.text();
        name.kind = in.number<NameKind>(), name.from = in.number<std::int16_t>(), name.to = in.number<std::int16_t>(), name.cost = in.number<float>();
        name.route.resize(in.number<std::uint32_t>());
        for (RouteStep& step : name.route) step.text = in.text(), step.label = in.text();
    }
    return record;
}

}  // namespace

std::string_view RecordSpill::id_of(const Entry& entry) const { return ids_.c_str() + entry.id; }

Status RecordSpill::add(const SourceRecord& record) {
    const auto bad = [&](std::string message) { return Error{ErrorCode::bad_data, std::move(message), record.where}; };
    if (record.id.empty() || record.name.empty()) return bad("a record needs an id and a name");
    if (record.names.size() > 0xffff) return bad("'" + record.id + "' has " + std::to_string(record.names.size()) + " names; 65535 are allowed");
    if (ids_.size() + record.id.size() > std::numeric_limits<std::uint32_t>::max() - 1) return bad("the ids are longer than 4 GiB");
    buffer_.clear();
    write(record, buffer_);
    entries_.push_back({written_, static_cast<std::uint32_t>(buffer_.size()), static_cast<std::uint32_t>(ids_.size())});
    ids_.append(record.id).push_back('\0');
    written_ += buffer_.size();
    return std::fwrite(buffer_.data(), 1, buffer_.size(), file_.get()) == buffer_.size() ? Status() : Status(failed());
}

Status RecordSpill::sort() {
    if (std::fflush(file_.get()) != 0) return failed();
    // Equal ids stay in the order in which they came, so that the message names them so.
    std::stable_sort(entries_.begin(), entries_.end(), [this](const Entry& a, const Entry& b) { return id_of(a) < id_of(b); });
    for (std::size_t i = 0; i + 1 < entries_.size(); ++i) {
        if (id_of(entries_[i]) != id_of(entries_[i + 1])) continue;
        const auto first = read(i), second = read(i + 1);
        if (!first || !second) return failed();
        return Error{ErrorCode::bad_data, "id '" + first->id + "' is given twice (also at " + first->where + "); an id names one record", second->where};
    }
    return {};
}

Result<SourceRecord> RecordSpill::read(std::size_t n) {
    const Entry& entry = entries_[n];
    buffer_.resize(entry.size);
    if (std::fseek(file_.get(), static_cast<long>(entry.offset), SEEK_SET) != 0 || std::fread(buffer_.data(), 1, entry.size, file_.get()) != entry.size) return failed();
    return read_record(buffer_);
}

}  // namespace demarc
