#include "extractor/token_program.hpp"

#include <algorithm>

#include "base/token_hash.hpp"
#include "extractor/predicates.hpp"
#include "extractor/token.hpp"

namespace demarc {
namespace {

// The three bits of a thing that may span tokens, wherever they stand.
struct SpanBits {
    TokenTest begin, inside, last;  // each with the one bit set in an `all` mask
};

void require(TokenTest& test, const TokenTest& other) {
    test.shape_all |= other.shape_all;
    test.flag_all |= other.flag_all;
    test.role_all |= other.role_all;
}

void forbid(TokenTest& test, const TokenTest& other) {
    test.shape_none |= other.shape_all;
    test.flag_none |= other.flag_all;
    test.role_none |= other.role_all;
}

class Compiler {
public:
    Compiler(TokenProgram& program, Vocabulary& vocabulary, std::vector<std::string>& captures) : program_(program), vocabulary_(vocabulary), captures_(captures) {}

    Status node(const PatternNode& node) {
        if (program_.tests.size() > TokenProgram::max_tests) return Error{ErrorCode::bad_data, "the rules of this phase ask more than 50,000 different things of a token", ""};
        if (program_.code.size() - first_ > TokenProgram::max_instructions) return Error{ErrorCode::bad_data, "the pattern needs more than 20,000 steps; use fewer or smaller repetitions", ""};
        switch (node.kind) {
            case PatternNode::Kind::atom: return atom(node);
            case PatternNode::Kind::sequence: return children(node);
            case PatternNode::Kind::alternatives: return alternatives(node);
            case PatternNode::Kind::group: return group(node);
            case PatternNode::Kind::repeat: return repeat(node);
        }
        return {};
    }

private:
    std::uint32_t here() const { return static_cast<std::uint32_t>(program_.code.size()); }
    std::uint32_t emit(Instruction::Op op, std::uint32_t x = 0, std::uint32_t y = 0) {
        program_.code.push_back({op, x, y});
        return here() - 1;
    }

    Status children(const PatternNode& parent) {
        for (const PatternNode& child : parent.children) {
            if (auto status = node(child); !status) return status;
        }
        return {};
    }

    // split first, second … each ends with a jump behind the last.
    template <class Each>
    Status choose(std::size_t count, Each each) {
        std::vector<std::uint32_t> jumps;
        for (std::size_t i = 0; i < count; ++i) {
            if (i + 1 == count) {
                if (auto status = each(i); !status) return status;
                break;
            }
            const std::uint32_t split = emit(Instruction::Op::split, here() + 1);
            if (auto status = each(i); !status) return status;
            jumps.push_back(emit(Instruction::Op::jump));
            program_.code[split].y = here();
        }
        for (const std::uint32_t jump : jumps) program_.code[jump].x = here();
        return {};
    }

    Status alternatives(const PatternNode& parent) {
        return choose(parent.children.size(), [&](std::size_t i) { return node(parent.children[i]); });
    }

    Status group(const PatternNode& group) {
        if (group.name.empty()) return children(group);
        auto it = std::find(captures_.begin(), captures_.end(), group.name);
        if (it == captures_.end()) it = captures_.insert(captures_.end(), group.name);
        const auto slot = static_cast<std::uint32_t>(it - captures_.begin()) * 2;
        emit(Instruction::Op::save, slot);
        if (auto status = children(group); !status) return status;
        emit(Instruction::Op::save, slot + 1);
        return {};
    }

    Status repeat(const PatternNode& repeat) {
        for (int i = 0; i < repeat.low; ++i) {
            if (auto status = children(repeat); !status) return status;
        }
        if (repeat.high < 0) {
            const std::uint32_t split = emit(Instruction::Op::split, here() + 1);
            if (auto status = children(repeat); !status) return status;
            emit(Instruction::Op::jump, split);
            program_.code[split].y = here();
            return {};
        }
        std::vector<std::uint32_t> splits;
        for (int i = repeat.low; i < repeat.high; ++i) {
            splits.push_back(emit(Instruction::Op::split, here() + 1));
            if (auto status = children(repeat); !status) return status;
        }
        for (const std::uint32_t split : splits) program_.code[split].y = here();
        return {};
    }

    static std::uint64_t digest_of(const TokenTest& test) {
        std::uint64_t digest = mix_hash(test.flag_all ^ token_hash_seed, test.flag_none ^ (static_cast<std::uint64_t>(test.shape_all) << 32 | test.shape_none));
        for (const auto* mask : {&test.role_all, &test.role_none}) digest = extend_sequence(digest, std::hash<RoleMask>()(*mask));
        for (const auto* list : {&test.lexicon_all, &test.lexicon_none}) {
            digest = extend_sequence(digest, list->size());
            for (const std::uint16_t lexicon : *list) digest = extend_sequence(digest, lexicon);
        }
        return digest;
    }

    void test(const TokenTest& wanted) {
        const std::uint64_t digest = digest_of(wanted);
        const auto [begin, end] = program_.test_of.equal_range(digest);
        for (auto it = begin; it != end; ++it) {
            if (program_.tests[it->second] == wanted) {
                emit(Instruction::Op::token, it->second);
                return;
            }
        }
        const auto index = static_cast<std::uint32_t>(program_.tests.size());
        program_.test_of.emplace(digest, index);
        program_.tests.push_back(wanted);
        emit(Instruction::Op::token, index);
    }

    Status atom(const PatternNode& node) {
        return choose(node.atom.size(), [&](std::size_t i) { return conjunction(node.atom[i]); });
    }

    static SpanBits flags(std::uint64_t begin, std::uint64_t inside, std::uint64_t last) {
        SpanBits bits;
        bits.begin.flag_all = begin;
        bits.inside.flag_all = inside;
        bits.last.flag_all = last;
        return bits;
    }

    Result<SpanBits> roles(std::uint16_t lexicon) {
        const auto next = static_cast<std::uint16_t>(program_.role_of.size() * 3);
        const auto [it, added] = program_.role_of.try_emplace(lexicon, next);
        if (it->second + 3u > max_roles) return Error{ErrorCode::bad_data, "a phase asks about more than 128 declared kinds and lexicons with entries of several words", ""};
        SpanBits bits;
        bits.begin.role_all.set(it->second);
        bits.inside.role_all.set(it->second + 1u);
        bits.last.role_all.set(it->second + 2u);
        return bits;
    }

    Status conjunction(const PatternConjunction& terms) {
        TokenTest common;
        std::optional<SpanBits> span;
        std::string span_name;
        std::optional<std::uint16_t> span_lexicon;
        for (const PatternTerm& term : terms) {
            std::optional<SpanBits> bits;
            if (term.kind == PatternTerm::Kind::mention) {
                if (const auto type = parse_mention_type(term.text)) {
                    bits = flags(flag::mention_begin(*type), flag::mention_inside(*type), flag::mention_last(*type));
                } else {
                    const std::uint16_t kind = vocabulary_.lexicon_id("@" + term.text);
                    if (kind == Vocabulary::no_lexicon) return Error{ErrorCode::bad_data, "'{@" + term.text + "}' names no mention type", ""};
                    auto kind_bits = roles(kind);
                    if (!kind_bits) return kind_bits.error();
                    bits = *kind_bits;
                }
            } else if (const auto gaz = term.kind == PatternTerm::Kind::predicate ? gazetteer_predicate(term.text) : std::nullopt) {
                if (gaz->class_bit != 0 && term.negated) {
                    common.flag_none |= gaz->class_bit;
                    continue;
                }
                common.flag_all |= gaz->class_bit;
                switch (gaz->base) {
                    case GazetteerPredicate::Base::place: bits = flags(flag::place_begin, flag::place_inside, flag::place_last); break;
                    case GazetteerPredicate::Base::person: bits = flags(flag::person_begin, flag::person_inside, flag::person_last); break;
                    case GazetteerPredicate::Base::imported: bits = flags(flag::imported_begin, flag::imported_inside, flag::imported_last); break;
                }
            } else if (const auto shape = term.kind == PatternTerm::Kind::predicate ? shape_predicate(term.text) : std::nullopt) {
                (term.negated ? common.shape_none : common.shape_all) |= *shape;
                continue;
            } else if (const auto bit = term.kind == PatternTerm::Kind::predicate ? flag_predicate(term.text) : std::nullopt) {
                (term.negated ? common.flag_none : common.flag_all) |= *bit;
                continue;
            } else {
                const bool literal = term.kind == PatternTerm::Kind::literal;
                const std::uint16_t lexicon = literal ? vocabulary_.add_literal(term.text) : vocabulary_.lexicon_id(term.text);
                if (lexicon == Vocabulary::no_lexicon && literal) return Error{ErrorCode::bad_data, "the rules name more than 60,000 words and lexicons", ""};
                if (lexicon == Vocabulary::no_lexicon) return Error{ErrorCode::bad_data, "'{" + term.text + "}' is no predicate, gazetteer class, lexicon or definition", ""};
                if (!vocabulary_.multi_token(lexicon)) {
                    (term.negated ? common.lexicon_none : common.lexicon_all).push_back(lexicon);
                    continue;
                }
                auto lexicon_bits = roles(lexicon);
                if (!lexicon_bits) return lexicon_bits.error();
                bits = *lexicon_bits;
                if (term.negated) common.lexicon_none.push_back(lexicon);
                else span_lexicon = lexicon;
            }
            if (term.negated) {
                forbid(common, bits->begin);
                forbid(common, bits->inside);
                continue;
            }
            if (span && span_name != term.text && !(span->begin == bits->begin)) {
                return Error{ErrorCode::bad_data, "two things of several tokens in one atom ('" + span_name + "' and '" + term.text + "')", ""};
            }
            span = bits;
            span_name = term.text;
        }
        std::sort(common.lexicon_all.begin(), common.lexicon_all.end());
        std::sort(common.lexicon_none.begin(), common.lexicon_none.end());
        if (!span) {
            test(common);
            return {};
        }
        // One token that is the whole thing; or its first, any inner ones and its last.
        TokenTest whole = common, first = common, inner = span->inside, last = span->inside;
        require(whole, span->begin);
        require(whole, span->last);
        require(first, span->begin);
        forbid(first, span->last);
        forbid(inner, span->last);
        require(last, span->last);
        const auto several = [&]() -> Status {
            test(first);
            const std::uint32_t loop = emit(Instruction::Op::split, here() + 1);
            test(inner);
            emit(Instruction::Op::jump, loop);
            program_.code[loop].y = here();
            test(last);
            return {};
        };
        const auto one = [&](const TokenTest& token) -> Status {
            test(token);
            return {};
        };
        if (!span_lexicon) return choose(2, [&](std::size_t i) { return i == 0 ? several() : one(whole); });
        TokenTest single = common;  // an entry of one token
        single.lexicon_all.insert(std::upper_bound(single.lexicon_all.begin(), single.lexicon_all.end(), *span_lexicon), *span_lexicon);
        return choose(2, [&](std::size_t i) { return i == 0 ? several() : one(single); });
    }

    TokenProgram& program_;
    Vocabulary& vocabulary_;
    std::vector<std::string>& captures_;
    std::size_t first_ = program_.code.size();
};

}  // namespace

Status TokenProgram::add(const PatternNode& pattern, Vocabulary& vocabulary) {
    const auto rule = static_cast<std::uint32_t>(starts.size());
    starts.push_back(static_cast<std::uint32_t>(code.size()));
    captures.emplace_back();
    if (auto status = Compiler(*this, vocabulary, captures.back()).node(pattern); !status) return status;
    code.push_back({Instruction::Op::match, rule, 0});
    return {};
}

}  // namespace demarc
