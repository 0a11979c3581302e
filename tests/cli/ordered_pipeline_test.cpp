#include "cli/ordered_pipeline.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/catch.hpp"

using namespace demarc;

namespace {

std::vector<int> run(std::size_t workers, std::size_t window, int count, const std::function<int(int&, std::size_t)>& work) {
    std::vector<int> out;
    int read = 0;
    run_ordered<int, int>(
        workers, window, [&]() -> std::optional<int> { return read < count ? std::optional<int>(read++) : std::nullopt; }, work,
        [&](int& value) { out.push_back(value); }, [] { return false; });
    return out;
}

}  // namespace

TEST_CASE("items are written in the order in which they were read, whatever worker is faster") {
    for (const std::size_t workers : {1u, 2u, 5u}) {
        const auto out = run(workers, 8, 500, [](int& value, std::size_t) {
            if (value % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds(200));
            return value * 2;
        });
        REQUIRE(out.size() == 500);
        for (int i = 0; i < 500; ++i) REQUIRE(out[static_cast<std::size_t>(i)] == i * 2);
    }
}

TEST_CASE("no more items are under way than the window allows") {
    std::atomic<int> under_way = 0, most = 0;
    int read = 0;
    run_ordered<int, int>(
        4, 6,
        [&]() -> std::optional<int> {
            if (read == 200) return std::nullopt;
            const int now = ++under_way;
            most = std::max(most.load(), now);
            return read++;
        },
        [](int& value, std::size_t) { return value; }, [&](int&) { --under_way; }, [] { return false; });
    CHECK(most.load() <= 7);  // the writer has let go of an item just before it counts as written
    CHECK(under_way == 0);
}

TEST_CASE("one worker is the caller's thread, and writes each item before the next is read") {
    const std::thread::id caller = std::this_thread::get_id();
    std::vector<std::string> steps;
    int read = 0;
    const auto note = [&](const char* step) {
        CHECK(std::this_thread::get_id() == caller);
        steps.emplace_back(step);
    };
    run_ordered<int, int>(
        1, 8,
        [&]() -> std::optional<int> {
            note("read");
            return read < 2 ? std::optional<int>(read++) : std::nullopt;
        },
        [&](int& value, std::size_t) {
            note("work");
            return value;
        },
        [&](int&) { note("write"); }, [] { return false; });
    CHECK(steps == std::vector<std::string>{"read", "work", "write", "read", "work", "write", "read"});
}

TEST_CASE("one item at a time is read, and one is written") {
    std::atomic<int> reading = 0, writing = 0, most = 0;
    const auto alone = [&most](std::atomic<int>& inside) {
        most = std::max(most.load(), ++inside);
        std::this_thread::yield();
        --inside;
    };
    int read = 0;
    std::vector<int> out;
    run_ordered<int, int>(
        4, 8,
        [&]() -> std::optional<int> {
            alone(reading);
            return read < 300 ? std::optional<int>(read++) : std::nullopt;
        },
        [](int& value, std::size_t) { return value; },
        [&](int& value) {
            alone(writing);
            out.push_back(value);
        },
        [] { return false; });
    CHECK(most == 1);
    CHECK(out.size() == 300);
    CHECK(std::is_sorted(out.begin(), out.end()));
}

TEST_CASE("an exception in a stage ends the run and reaches the caller") {
    const auto boom = [](int value) {
        if (value == 42) throw std::runtime_error("boom");
        return value;
    };
    for (const std::size_t workers : {1u, 3u}) {
        CHECK_THROWS_AS(run(workers, 4, 100, [&](int& value, std::size_t) { return boom(value); }), std::runtime_error);
        int read = 0, asked_after = -1;
        CHECK_THROWS_AS((run_ordered<int, int>(
                            workers, 4,
                            [&]() -> std::optional<int> {
                                asked_after += read > 42;
                                return boom(read++);
                            },
                            [](int& value, std::size_t) { return value; }, [](int&) {}, [] { return false; })),
                        std::runtime_error);
        CHECK(asked_after == -1);
        read = 0;
        CHECK_THROWS_AS((run_ordered<int, int>(
                            workers, 4, [&]() -> std::optional<int> { return read < 100 ? std::optional<int>(read++) : std::nullopt; }, [](int& value, std::size_t) { return value; },
                            [&](int& value) { (void)boom(value); }, [] { return false; })),
                        std::runtime_error);
    }
}

TEST_CASE("an empty input is a finished run") { CHECK(run(2, 4, 0, [](int& value, std::size_t) { return value; }).empty()); }

TEST_CASE("a stopped run writes what was read") {
    int read = 0;
    std::vector<int> out;
    run_ordered<int, int>(
        2, 4, [&]() -> std::optional<int> { return read++; }, [](int& value, std::size_t) { return value; }, [&](int& value) { out.push_back(value); },
        [&] { return read >= 10; });
    CHECK(out.size() == 10);
}
