#pragma once
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <queue>
#include <thread>
#include <utility>
#include <vector>

namespace demarc {

/// One reader, several workers, one writer: items come out in the order in which they went in, whatever worker was faster.
///
/// `next` (called in a thread of its own) returns an input or nullopt at the end; `work` is called by `workers` threads, with the worker's
/// number; `write` is called in the caller's thread, in order. At most `window` items are under way, which bounds memory.
/// An exception in any of the three stops the run and is thrown again here. `next` is not called again once `stop` returns true.
template <class Input, class Output>
void run_ordered(std::size_t workers, std::size_t window, const std::function<std::optional<Input>()>& next,
                 const std::function<Output(Input&, std::size_t)>& work, const std::function<void(Output&)>& write, const std::function<bool()>& stop) {
    struct Shared {
        std::mutex mutex;
        std::condition_variable changed;
        std::queue<std::pair<std::size_t, Input>> waiting;
        std::map<std::size_t, Output> done;
        std::size_t read = 0, written = 0;
        bool ended = false;
        std::exception_ptr failure;
    } shared;

    const auto guarded = [&shared](auto&& body) {
        try {
            body();
        } catch (...) {
            const std::lock_guard lock(shared.mutex);
            if (!shared.failure) shared.failure = std::current_exception();
            shared.ended = true;
            shared.changed.notify_all();
        }
    };

    std::vector<std::jthread> threads;
    threads.emplace_back([&] {
        guarded([&] {
            while (!stop()) {
                {
                    std::unique_lock lock(shared.mutex);
                    shared.changed.wait(lock, [&] { return shared.failure || shared.read - shared.written < window; });
                    if (shared.failure) break;
                }
                auto input = next();
                const std::lock_guard lock(shared.mutex);
                if (!input) break;
                shared.waiting.emplace(shared.read++, std::move(*input));
                shared.changed.notify_all();
            }
            const std::lock_guard lock(shared.mutex);
            shared.ended = true;
            shared.changed.notify_all();
        });
    });
    for (std::size_t worker = 0; worker < workers; ++worker) {
        threads.emplace_back([&, worker] {
            guarded([&] {
                while (true) {
                    std::optional<std::pair<std::size_t, Input>> item;
                    {
                        std::unique_lock lock(shared.mutex);
                        shared.changed.wait(lock, [&] { return shared.failure || !shared.waiting.empty() || shared.ended; });
                        if (shared.failure || shared.waiting.empty()) return;
                        item.emplace(std::move(shared.waiting.front()));
                        shared.waiting.pop();
                    }
                    Output output = work(item->second, worker);
                    const std::lock_guard lock(shared.mutex);
                    shared.done.emplace(item->first, std::move(output));
                    shared.changed.notify_all();
                }
            });
        });
    }
    guarded([&] {
        while (true) {
            std::optional<Output> output;
            {
                std::unique_lock lock(shared.mutex);
                const auto ready = [&] { return !shared.done.empty() && shared.done.begin()->first == shared.written; };
                shared.changed.wait(lock, [&] { return shared.failure || ready() || (shared.ended && shared.written == shared.read); });
                if (shared.failure || !ready()) return;
                output.emplace(std::move(shared.done.begin()->second));
                shared.done.erase(shared.done.begin());
            }
            write(*output);
            const std::lock_guard lock(shared.mutex);
            ++shared.written;
            shared.changed.notify_all();
        }
    });
    threads.clear();
    if (shared.failure) std::rethrow_exception(shared.failure);
}

}  // namespace demarc
