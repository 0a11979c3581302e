#pragma once
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace demarc {

/// Several workers that read, work and write: items come out in the order in which they went in, whatever worker was faster.
///
/// `next` returns an input or nullopt at the end; `work` gets the worker's number, too; `write` is called in order. A worker takes an input, works on it and writes what is next to
/// be written, so that an item stays in one thread's cache and memory; `next` is called by one of them at a time, and so is `write`. The caller's thread is worker 0: with one worker
/// there is no other thread. Where the system gives fewer threads, fewer workers do it. At most `window` items are under way, which bounds memory.
/// An exception in any of the three stops the run and is thrown again here. `next` is not called again once `stop` returns true.
template <class Input, class Output>
void run_ordered(std::size_t workers, std::size_t window, const std::function<std::optional<Input>()>& next,
                 const std::function<Output(Input&, std::size_t)>& work, const std::function<void(Output&)>& write, const std::function<bool()>& stop) {
    struct Shared {
        std::mutex reading;  // of these two; held while an input is read
        std::size_t read = 0;
        bool ended = false;
        std::mutex mutex;  // of all below
        std::condition_variable written_more;
        std::map<std::size_t, Output> done;
        std::size_t written = 0;
        bool writing = false;
        std::exception_ptr failure;
    } shared;

    const auto take = [&]() -> std::optional<std::pair<std::size_t, Input>> {
        const std::lock_guard reading(shared.reading);
        if (shared.ended) return std::nullopt;
        {
            // Whoever has the item that the others wait for is past its reading.
            std::unique_lock lock(shared.mutex);
            shared.written_more.wait(lock, [&] { return shared.failure || shared.read - shared.written < window; });
            if (shared.failure) return std::nullopt;
        }
        shared.ended = true;  // where next() throws, too
        std::optional<Input> input = stop() ? std::nullopt : next();
        if (!input) return std::nullopt;
        shared.ended = false;
        return std::pair(shared.read++, std::move(*input));
    };
    // One that finds another writing leaves its item there.
    const auto deliver = [&](std::size_t number, Output&& output) {
        std::unique_lock lock(shared.mutex);
        shared.done.emplace(number, std::move(output));
        if (shared.writing) return;
        shared.writing = true;
        while (!shared.failure && !shared.done.empty() && shared.done.begin()->first == shared.written) {
            {
                Output item = std::move(shared.done.begin()->second);
                shared.done.erase(shared.done.begin());
                lock.unlock();
                write(item);
            }
            lock.lock();
            ++shared.written;
            shared.written_more.notify_one();  // none but the one that reads can wait
        }
        shared.writing = false;
    };
    const auto run = [&](std::size_t worker) {
        try {
            while (auto item = take()) deliver(item->first, work(item->second, worker));
        } catch (...) {
            const std::lock_guard lock(shared.mutex);
            if (!shared.failure) shared.failure = std::current_exception();
            shared.written_more.notify_one();
        }
    };
    {
        std::vector<std::jthread> threads;
        try {
            for (std::size_t worker = 1; worker < workers; ++worker) threads.emplace_back(run, worker);
        } catch (const std::system_error&) {
            // No room for more threads: those that there are do all of it.
        }
        run(0);
    }
    if (shared.failure) std::rethrow_exception(shared.failure);
}

}  // namespace demarc
