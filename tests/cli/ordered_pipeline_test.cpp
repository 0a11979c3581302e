#include "cli/ordered_pipeline.hpp"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>

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

TEST_CASE("an exception in a stage ends the run and reaches the caller") {
    CHECK_THROWS_AS(run(3, 4, 100, [](int& value, std::size_t) -> int {
                        if (value == 42) throw std::runtime_error("boom");
                        return value;
                    }),
                    std::runtime_error);
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
