#include "extractor/rule_beginnings.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "extractor/rule_program.hpp"

namespace demarc {

namespace {

std::vector<PhaseScan> scans_of(const RuleSet& rules) {
    std::vector<PhaseScan> scans;
    for (std::size_t p = 0; p < rules.phases().size(); ++p) scans.emplace_back(rules.phases()[p].program, p);
    return scans;
}

}  // namespace

PhaseScans::PhaseScans(const RuleSet& set) : phases(scans_of(set)), beginnings(phases), rules(set.identity()) {}

void RuleBeginnings::find(const TokenKinds& kinds, std::span<const std::uint32_t> kind_of, std::size_t first, std::size_t last, std::span<std::uint64_t> may_begin) {
    const std::size_t words = words_of(kind_of.size());
    const auto set = [&](std::size_t token, unsigned begins) {
        for (; begins != 0; begins &= begins - 1) may_begin[static_cast<std::size_t>(std::countr_zero(begins)) * words + token / 64] |= std::uint64_t{1} << (token % 64);
    };
    for (std::size_t t = first; t < last;) {
        const std::size_t end = std::min(last, (t / 64 + 1) * 64);
        const std::uint64_t stale = ~std::uint64_t{0} << (t % 64) & ~std::uint64_t{0} >> (63 - (end - 1) % 64);
        for (std::size_t word = t / 64; word < may_begin.size(); word += words) may_begin[word] &= ~stale;
        t = end;
    }
    const std::uint16_t* const first_of_kind = first_of_.data();
    const std::uint32_t* const pairs = pairs_.data();
    const std::size_t before_end = std::min(last, kind_of.size() - 1);
    for (std::size_t t = first; t < before_end; ++t) {
        // What isn't known yet has numbers that no pair in the table has. Behind a token that nothing begins with all kinds are one.
        const std::uint32_t behind = first_of_kind[kind_of[t]], any = behind != 0 ? ~0u : 0u, hash = hash_of(behind, number_of(kind_of[t + 1]) & any);
        std::uint32_t pair = pairs[hash >> (32 - pair_bits)];
        if (pair >> max_phases != known_of(hash)) [[unlikely]] pair = ask(kinds, kind_of[t], kind_of[t + 1]);
        set(t, pair & phases_mask);
    }
    if (before_end < last) set(before_end, behind_rows_[first_of(kinds, kind_of[before_end])].begins);  // nothing follows
}

RuleBeginnings::RuleBeginnings(std::vector<PhaseScan>& phases) : begin_of_(1, 0) {
    std::vector<std::uint64_t> behind;
    for (PhaseScan& scan : phases) {
        const std::uint32_t phase = 1u << (begin_of_.size() - 1);
        const std::size_t begin = begin_of_.back();
        const std::span<const std::uint64_t> asked = scan.automaton.asked(scan.automaton.start());
        asked_first_.insert(asked_first_.end(), asked.begin(), asked.end());
        alone_.resize(asked_first_.size(), 0);
        behind_of_.resize(64 * asked_first_.size());
        for (std::size_t word = 0; word < asked.size(); ++word) {
            for (std::uint64_t rest = asked[word]; rest != 0; rest &= rest - 1) {
                const std::size_t test = 64 * word + static_cast<std::size_t>(std::countr_zero(rest));
                behind.assign(asked.size(), 0);
                if (scan.automaton.ask_behind(test, behind)) alone_[begin + word] |= rest & -rest;
                AskedRange& range = behind_of_[64 * begin + test];
                range.begin = static_cast<std::uint32_t>(behind_.size());
                for (std::size_t i = 0; i < behind.size(); ++i) {
                    if (behind[i] != 0) behind_.push_back({behind[i], static_cast<std::uint32_t>(begin + i), phase});
                }
                range.end = static_cast<std::uint32_t>(behind_.size());
            }
        }
        begin_of_.push_back(asked_first_.size());
    }
    row_.resize(asked_first_.size());
    behind_row_.resize(asked_first_.size() + 1);
}

void RuleBeginnings::begin(const TokenKinds& kinds) {
    if (generation_ == kinds.generation() && !pairs_.empty()) {
        if (first_of_.size() < kinds.size()) first_of_.resize(kinds.size(), unknown);
        return;
    }
    generation_ = kinds.generation();
    forget(kinds);
}

void RuleBeginnings::forget(const TokenKinds& kinds) {
    first_of_.assign(kinds.size(), unknown);
    pairs_.assign(std::size_t{1} << pair_bits, 0);
    first_answers_.begin(row_.size());
    of_first_.clear();
    asked_behind_.begin(behind_row_.size());
    behind_rows_.clear();
    asked_.clear();
    std::ranges::fill(behind_row_, 0);
    (void)number_behind();
}

std::uint16_t RuleBeginnings::first_of(const TokenKinds& kinds, std::uint32_t kind) {
    if (first_of_[kind] == unknown) {
        if (first_answers_.size() > max_rows || first_answers_.bytes() + asked_behind_.bytes() > max_row_bytes) forget(kinds);
        first_of_[kind] = number_first(kinds.answers(kind));
    }
    return first_of_[kind];
}

// Most tokens differ in nothing that rules ask of the first one.
std::uint16_t RuleBeginnings::number_first(std::span<const std::uint64_t> answers) {
    for (std::size_t word = 0; word < row_.size(); ++word) row_[word] = answers[word] & asked_first_[word];
    const std::uint32_t first = first_answers_.number(row_);
    if (first < of_first_.size()) return of_first_[first];
    std::ranges::fill(behind_row_, 0);
    std::uint64_t begins = 0, alone = 0;
    for (std::size_t p = 0; p + 1 < begin_of_.size(); ++p) {
        const std::size_t begin = begin_of_[p], words = begin_of_[p + 1] - begin;
        for (std::size_t word = begin; word < begin + words; ++word) {
            if (row_[word] != 0) begins |= std::uint64_t{1} << p;
            if ((row_[word] & alone_[word]) != 0) alone |= std::uint64_t{1} << p;
            for (std::uint64_t rest = row_[word]; rest != 0; rest &= rest - 1) {
                const AskedRange range = behind_of_[64 * word + static_cast<std::size_t>(std::countr_zero(rest))];
                for (std::uint32_t i = range.begin; i < range.end; ++i) behind_row_[behind_[i].word] |= behind_[i].tests;
            }
        }
    }
    behind_row_.back() = begins | alone << 32;
    of_first_.push_back(number_behind());
    return of_first_.back();
}

std::uint16_t RuleBeginnings::number_behind() {
    const std::uint32_t number = asked_behind_.number(behind_row_);
    if (number == behind_rows_.size()) {
        const auto begin = static_cast<std::uint32_t>(asked_.size());
        const auto begins = static_cast<std::uint32_t>(behind_row_.back()) & phases_mask, alone = static_cast<std::uint32_t>(behind_row_.back() >> 32);
        for (std::uint32_t rest = begins & ~alone; rest != 0; rest &= rest - 1) {
            const auto p = static_cast<std::size_t>(std::countr_zero(rest));
            for (std::size_t word = begin_of_[p]; word < begin_of_[p + 1]; ++word) {
                if (behind_row_[word] != 0) asked_.push_back({behind_row_[word], static_cast<std::uint32_t>(word), rest & -rest});
            }
        }
        behind_rows_.push_back({begins, alone, {begin, static_cast<std::uint32_t>(asked_.size())}});
    }
    return static_cast<std::uint16_t>(number);
}

// The phases with a rule that goes on from a token of the first kind with one of the second, or that matches before it.
std::uint32_t RuleBeginnings::ask(const TokenKinds& kinds, std::uint32_t kind, std::uint32_t second) {
    const std::uint32_t behind = first_of(kinds, kind);
    const Behind& row = behind_rows_[behind];
    const std::uint64_t* const answered = kinds.answers(second).data();
    std::uint32_t both = row.alone;
    for (const Asked& asked : std::span(asked_).subspan(row.asked.begin, row.asked.end - row.asked.begin)) both |= (asked.tests & answered[asked.word]) != 0 ? asked.phase : 0;
    if (second > last_numbered && behind != 0) return both;
    const std::uint32_t hash = hash_of(behind, behind != 0 ? second : 0u);
    return pairs_[hash >> (32 - pair_bits)] = known_of(hash) << max_phases | both;
}

}  // namespace demarc
