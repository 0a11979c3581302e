// Small blocks of memory, which the program takes and gives back by the hundred thousand, last in, first out: in place of operator new and delete, before malloc.
// mimalloc goes through all blocks of a page before it comes back to one, so that a block is rarely in the processor's cache; one that was just given back is.
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

constexpr std::size_t step = 16, kinds = 64;   // blocks of 16, 32 … 1024 bytes
constexpr std::size_t most_bytes = 512 << 10;  // that a thread keeps of a size

struct Block {
    Block* next;
};
struct Kept {
    Block* first;
    std::size_t bytes;
};
// Without constructor and destructor: blocks come and go before a thread's own variables are made, and after they are gone.
constinit thread_local Kept kept[kinds] = {};
constinit thread_local bool ended = false;

struct AtThreadEnd {
    ~AtThreadEnd() {
        ended = true;
        for (Kept& of : kept) {
            while (Block* const block = of.first) {
                of.first = block->next;
                std::free(block);
            }
            of.bytes = 0;
        }
    }
};

// The number of a block's size; kinds or more for one of another size, and for none at all.
constexpr std::size_t kind_of(std::size_t size) { return (size - 1) / step; }

// A thread that has begun to keep blocks gives them back at its end.
[[gnu::noinline]] void give_back_at_end() noexcept { [[maybe_unused]] static thread_local AtThreadEnd at_end; }

[[gnu::noinline]] void* take_new(std::size_t size) noexcept {
    const std::size_t kind = kind_of(size);
    return std::malloc(kind < kinds ? (kind + 1) * step : size > 0 ? size : 1);
}

inline void* take(std::size_t size) noexcept {
    const std::size_t kind = kind_of(size);
    if (kind < kinds) [[likely]] {
        Kept& of = kept[kind];
        if (Block* const block = of.first) [[likely]] {
            of.first = block->next;
            of.bytes -= (kind + 1) * step;
            return block;
        }
    }
    return take_new(size);
}

[[gnu::noinline]] void* take_or_throw(std::size_t size) {
    while (const std::new_handler handler = std::get_new_handler()) {
        handler();
        if (void* const block = take_new(size)) return block;
    }
    throw std::bad_alloc();
}

inline void give_back(void* block, std::size_t size) noexcept {
    const std::size_t kind = kind_of(size);
    if (kind < kinds && block != nullptr) [[likely]] {
        Kept& of = kept[kind];
        if (of.bytes < most_bytes && !ended) [[likely]] {
            if (of.first == nullptr) give_back_at_end();
            of.first = new (block) Block{of.first};
            of.bytes += (kind + 1) * step;
            return;
        }
    }
    std::free(block);
}

}  // namespace

void* operator new(std::size_t size) {
    if (void* const block = take(size)) [[likely]] return block;
    return take_or_throw(size);
}
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return take(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return take(size); }

void operator delete(void* block, std::size_t size) noexcept { give_back(block, size); }
void operator delete[](void* block, std::size_t size) noexcept { give_back(block, size); }
void operator delete(void* block) noexcept { std::free(block); }
void operator delete[](void* block) noexcept { std::free(block); }
void operator delete(void* block, const std::nothrow_t&) noexcept { std::free(block); }
void operator delete[](void* block, const std::nothrow_t&) noexcept { std::free(block); }
