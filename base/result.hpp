#pragma once
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace demarc {

/// What kind of trouble an Error is. The command line maps each to an exit code (cli/exit_code.hpp).
enum class ErrorCode {
    usage,          ///< the caller asked for something that does not exist
    bad_data,       ///< content that cannot be read as what it claims to be
    no_input,       ///< a named input does not exist or holds no document
    missing_part,   ///< an optional library, program or data file is not there
    cannot_create,  ///< an output cannot be made
    io,             ///< reading or writing failed half-way
    internal,       ///< a broken promise of our own
};

/// Expected trouble: a message that names the value and what is allowed, and where it was met
/// (file + line, document + offset). `where` is filled in on the way up, by whoever knows it.
struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string message;
    std::string where;

    [[nodiscard]] std::string text() const { return where.empty() ? message : where + ": " + message; }
};

/// Either a value or an Error. `value()` on an error, and `error()` on a value, are programmer errors
/// (std::bad_variant_access). [[nodiscard]]: a caller must look.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}        // NOLINT(google-explicit-constructor)
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}    // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }
    [[nodiscard]] T& value() & { return std::get<0>(state_); }
    [[nodiscard]] const T& value() const& { return std::get<0>(state_); }
    [[nodiscard]] T&& value() && { return std::get<0>(std::move(state_)); }
    [[nodiscard]] const Error& error() const { return std::get<1>(state_); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

private:
    std::variant<T, Error> state_;
};

/// A Result without a value: empty when all went well.
class [[nodiscard]] Status {
public:
    Status() = default;
    Status(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)
    [[nodiscard]] bool ok() const { return !error_.has_value(); }
    explicit operator bool() const { return ok(); }
    [[nodiscard]] const Error& error() const { return *error_; }

private:
    std::optional<Error> error_;
};

}  // namespace demarc
