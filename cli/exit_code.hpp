#pragma once
#include <cstdio>

#include "base/result.hpp"

namespace demarc {

/// Exit codes of the program (BSD sysexits.h, with 130 for an interrupt).
enum ExitCode : int {
    exit_done = 0,
    exit_usage = 64,
    exit_bad_data = 65,
    exit_no_input = 66,
    exit_missing_part = 69,
    exit_internal = 70,
    exit_cannot_create = 73,
    exit_io = 74,
    exit_interrupted = 130,
};

[[nodiscard]] constexpr int exit_code(ErrorCode code) {
    switch (code) {
        case ErrorCode::usage: return exit_usage;
        case ErrorCode::bad_data: return exit_bad_data;
        case ErrorCode::no_input: return exit_no_input;
        case ErrorCode::missing_part: return exit_missing_part;
        case ErrorCode::cannot_create: return exit_cannot_create;
        case ErrorCode::io: return exit_io;
        case ErrorCode::internal: return exit_internal;
    }
    return exit_internal;
}

/// Tells the error on stderr; returns its exit code.
[[nodiscard]] inline int fail(const Error& error) {
    std::fprintf(stderr, "demarc: %s\n", error.text().c_str());
    return exit_code(error.code);
}

}  // namespace demarc
