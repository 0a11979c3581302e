#include <algorithm>
#include <bit>

#include "extractor/rule_program.hpp"
#include "extractor/snapshot.hpp"

namespace demarc {
namespace {

constexpr std::uint64_t magic = 0x036d'6172'6465'6d63ull;  // a change of the layout below changes it

std::uint32_t from_int(int number) { return std::bit_cast<std::uint32_t>(number); }

void write_pairs(SnapshotWriter& out, const std::vector<std::pair<std::string, std::string>>& pairs) {
    out.value(static_cast<std::uint64_t>(pairs.size()));
    for (const auto& [key, value] : pairs) out.string(key), out.string(value);
}

void read_pairs(SnapshotReader& in, std::vector<std::pair<std::string, std::string>>& pairs) {
    pairs.resize(static_cast<std::size_t>(in.size(16)));
    for (auto& [key, value] : pairs) in.string(key), in.string(value);
}

void write_rule(SnapshotWriter& out, const RuleSource& rule) {
    for (const std::string* text : {&rule.name, &rule.phase, &rule.type_name, &rule.why, &rule.document, &rule.where}) out.string(*text);
    out.value(static_cast<std::uint8_t>(rule.type)), out.value(static_cast<std::uint8_t>(rule.decision));
    out.value(static_cast<std::uint8_t>(rule.amend));
    out.value(from_int(rule.priority)), out.value(from_int(rule.since)), out.value(from_int(rule.until));
    write_pairs(out, rule.value);
}

void read_rule(SnapshotReader& in, RuleSource& rule) {
    for (std::string* text : {&rule.name, &rule.phase, &rule.type_name, &rule.why, &rule.document, &rule.where}) in.string(*text);
    std::uint8_t type = 0, decision = 0, amend = 0;
    in.value(type), in.value(decision), in.value(amend);
    rule.type = static_cast<MentionType>(std::min<std::uint8_t>(type, static_cast<std::uint8_t>(MentionType::declared)));
    rule.decision = static_cast<RuleSource::Decision>(std::min<std::uint8_t>(decision, 2));
    rule.amend = amend != 0;
    for (int* number : {&rule.priority, &rule.since, &rule.until}) {
        std::uint32_t bits = 0;
        in.value(bits);
        *number = std::bit_cast<int>(bits);
    }
    read_pairs(in, rule.value);
    rule.proven = true;
}

void write_program(SnapshotWriter& out, const TokenProgram& program) {
    std::vector<std::uint32_t> code;
    for (const Instruction& instruction : program.code) code.insert(code.end(), {static_cast<std::uint32_t>(instruction.op), instruction.x, instruction.y});
    out.block(code);
    out.value(static_cast<std::uint64_t>(program.tests.size()));
    for (const TokenTest& test : program.tests) {
        out.value(test.shape_all), out.value(test.shape_none), out.value(test.flag_all), out.value(test.flag_none);
        for (const RoleMask* mask : {&test.role_all, &test.role_none}) {
            std::vector<std::uint16_t> bits;
            for (std::size_t i = 0; i < mask->size(); ++i) {
                if (mask->test(i)) bits.push_back(static_cast<std::uint16_t>(i));
            }
            out.block(bits);
        }
        out.block(test.lexicon_all), out.block(test.lexicon_none);
    }
    out.block(program.starts);
    out.value(static_cast<std::uint64_t>(program.captures.size()));
    for (const auto& names : program.captures) out.strings(names);
    out.value(static_cast<std::uint64_t>(program.role_of.size()));
    for (const auto& [lexicon, role] : program.role_of) out.value(lexicon), out.value(role);
}

bool read_program(SnapshotReader& in, TokenProgram& program) {
    std::vector<std::uint32_t> code;
    in.block(code);
    program.code.resize(code.size() / 3);
    for (std::size_t i = 0; i < program.code.size(); ++i) {
        if (code[3 * i] > static_cast<std::uint32_t>(Instruction::Op::match)) return false;
        program.code[i] = {static_cast<Instruction::Op>(code[3 * i]), code[3 * i + 1], code[3 * i + 2]};
    }
    program.tests.resize(static_cast<std::size_t>(in.size(56)));
    std::vector<std::uint16_t> bits;
    std::size_t roles_asked = 0;
    for (TokenTest& test : program.tests) {
        in.value(test.shape_all), in.value(test.shape_none), in.value(test.flag_all), in.value(test.flag_none);
        for (RoleMask* mask : {&test.role_all, &test.role_none}) {
            in.block(bits);
            for (const std::uint16_t bit : bits) {
                if (bit >= max_roles) return false;
                mask->set(bit);
                roles_asked = std::max<std::size_t>(roles_asked, bit + std::size_t{1});
            }
        }
        in.block(test.lexicon_all), in.block(test.lexicon_none);
    }
    in.block(program.starts);
    program.captures.resize(static_cast<std::size_t>(in.size(8)));
    for (auto& names : program.captures) in.strings(names);
    for (std::uint64_t roles = in.size(4); roles > 0; --roles) {
        std::uint16_t lexicon = 0, role = 0;
        in.value(lexicon), in.value(role);
        program.role_of.emplace(lexicon, role);
    }
    const std::size_t role_count = 3 * program.role_of.size();
    const bool roles_known = roles_asked <= role_count && std::ranges::all_of(program.role_of, [&](const auto& role) { return role.second + std::size_t{3} <= role_count; });
    const auto steps = program.code.size();
    const bool fits = std::all_of(program.code.begin(), program.code.end(), [&](const Instruction& i) {
        switch (i.op) {
            case Instruction::Op::token: return i.x < program.tests.size();
            case Instruction::Op::split: return i.x < steps && i.y < steps;
            case Instruction::Op::jump: return i.x < steps;
            case Instruction::Op::save: return true;
            case Instruction::Op::match: return i.x < program.starts.size();
        }
        return false;
    });
    return in.good() && fits && roles_known && program.captures.size() == program.starts.size() && (program.code.empty() || program.code.back().op == Instruction::Op::match);
}

}  // namespace

std::string RuleSet::snapshot() const {
    SnapshotWriter out;
    const RuleSources& sources = state_->sources;
    out.value(magic);
    out.string(sources.digest);
    out.value(static_cast<std::uint64_t>(sources.rules.size()));
    for (const RuleSource& rule : sources.rules) write_rule(out, rule);
    out.value(static_cast<std::uint64_t>(sources.kinds.size()));
    for (const DeclaredKind& kind : sources.kinds) out.string(kind.name), out.string(kind.label), out.string(kind.colour), out.strings(kind.fields);
    std::vector<const LexiconSource*> tables;
    for (const std::string_view name : table_lexicons) {
        if (const LexiconSource* found = table(name)) tables.push_back(found);
    }
    out.value(static_cast<std::uint64_t>(tables.size()));
    for (const LexiconSource* lexicon : tables) {
        out.string(lexicon->name);
        out.value(static_cast<std::uint64_t>(lexicon->entries.size()));
        for (const auto& entry : lexicon->entries) out.strings(entry);
    }
    state_->vocabulary.write(out);
    out.value(static_cast<std::uint64_t>(state_->phases.size()));
    for (const Phase& phase : state_->phases) {
        out.value(static_cast<std::uint64_t>(phase.rules.size()));
        for (const Rule& rule : phase.rules) {
            out.value(static_cast<std::uint64_t>(rule.source - sources.rules.data()));
            out.string(rule.text ? rule.text->pattern() : std::string());
            out.value(static_cast<std::uint64_t>(rule.text ? rule.text->memory() : 0));
        }
        out.value(phase.decisions);
        write_program(out, phase.program);
    }
    return out.take();
}

Result<RuleSet> RuleSet::from_snapshot(std::span<const std::byte> bytes) {
    const Error broken{ErrorCode::bad_data, "compiled rules that are cut off, or of another version of the program", ""};
    SnapshotReader in(bytes);
    std::uint64_t found = 0;
    in.value(found);
    if (found != magic) return broken;
    auto state = std::make_unique<State>();
    RuleSources& sources = state->sources;
    sources.layers = 1;
    in.string(sources.digest);
    sources.rules.resize(static_cast<std::size_t>(in.size(64)));
    for (RuleSource& rule : sources.rules) read_rule(in, rule);
    sources.kinds.resize(static_cast<std::size_t>(in.size(32)));
    for (DeclaredKind& kind : sources.kinds) in.string(kind.name), in.string(kind.label), in.string(kind.colour), in.strings(kind.fields);
    sources.lexicons.resize(static_cast<std::size_t>(in.size(16)));
    for (LexiconSource& lexicon : sources.lexicons) {
        in.string(lexicon.name);
        lexicon.entries.resize(static_cast<std::size_t>(in.size(8)));
        for (auto& entry : lexicon.entries) in.strings(entry);
    }
    if (!state->vocabulary.read(in)) return broken;
    std::uint64_t phases = 0;
    in.value(phases);
    if (phases != std::size(rule_phases)) return broken;
    state->phases.resize(std::size(rule_phases));
    for (std::size_t p = 0; p < state->phases.size(); ++p) {
        Phase& phase = state->phases[p];
        phase.name = rule_phases[p];
        phase.rules.resize(static_cast<std::size_t>(in.size(24)));
        for (Rule& rule : phase.rules) {
            std::uint64_t index = 0, memory = 0;
            std::string text;
            in.value(index), in.string(text), in.value(memory);
            if (index >= sources.rules.size()) return broken;
            rule.source = &sources.rules[static_cast<std::size_t>(index)];
            if (!text.empty()) rule.text = std::make_unique<TextPattern>(std::move(text), static_cast<std::int64_t>(memory));
        }
        in.value(phase.decisions);
        if (!read_program(in, phase.program) || phase.program.starts.size() != phase.rules.size()) return broken;
    }
    if (!in.good() || !in.at_end()) return broken;
    return RuleSet(std::move(state));
}

}  // namespace demarc
