#include "cli/rules_profile.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string_view>
#include <unordered_map>

#include "cli/exit_code.hpp"
#include "extractor/readers/document_stream.hpp"
#include "out/json_writer.hpp"

namespace demarc {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// What a rule did on all documents. `seconds`: its captures and the reading of its values; finding where rules match is the phase's.
struct RuleCost {
    std::uint64_t matches = 0, made = 0, lost = 0;
    double seconds = 0;
};

struct StepCost {
    std::string name;
    double seconds = 0;       // all of it
    double in_matches = 0;    // of that, in matches of rules
};

class Profile : public ExtractionObserver {
public:
    void step(std::string_view name) override {
        end();
        const auto known = std::find_if(steps_.begin(), steps_.end(), [&](const StepCost& step) { return step.name == name; });
        current_ = static_cast<std::size_t>(known - steps_.begin());
        if (known == steps_.end()) steps_.push_back({std::string(name)});
        started_ = Clock::now();
    }
    void end() {
        if (current_ < steps_.size()) steps_[current_].seconds += seconds_since(started_);
        current_ = steps_.size();
    }
    void match_begins(const RuleSource& rule) override {
        ++rules_[&rule].matches;
        match_started_ = Clock::now();
    }
    void match_ends(const RuleSource& rule) override {
        const double seconds = seconds_since(match_started_);
        rules_[&rule].seconds += seconds;
        if (current_ < steps_.size()) steps_[current_].in_matches += seconds;
    }
    void fate(const RuleMatch& match, TokenRange, MatchFate fate, std::uint32_t) override {
        RuleCost& cost = rules_[&match.rule()];
        ++(fate == MatchFate::made || fate == MatchFate::amended || fate == MatchFate::refusal_noted ? cost.made : cost.lost);
    }

    [[nodiscard]] const std::vector<StepCost>& steps() const { return steps_; }
    [[nodiscard]] RuleCost of(const RuleSource& rule) const {
        const auto it = rules_.find(&rule);
        return it == rules_.end() ? RuleCost{} : it->second;
    }

private:
    std::vector<StepCost> steps_;
    std::size_t current_ = 0;
    Clock::time_point started_, match_started_;
    std::unordered_map<const RuleSource*, RuleCost> rules_;
};

struct Row {
    const RuleSource* rule;
    RuleCost cost;
};

void print_table(const std::vector<Row>& rows, const Profile& profile, double all, std::uint64_t documents, std::uint64_t bytes) {
    std::printf("%llu documents, %.2f MB, %.3f s in one thread: %.1f MB/s, with the profile's own clock\n\n", static_cast<unsigned long long>(documents),
                static_cast<double>(bytes) / 1e6, all, static_cast<double>(bytes) / 1e6 / std::max(all, 1e-9));
    const auto share = [all](double seconds) { return seconds / std::max(all, 1e-9) * 100; };
    std::printf("%7s  %9s  %9s  step: all of it, finding matches, matches\n", "share", "ms", "ms");
    for (const StepCost& step : profile.steps()) {
        std::printf("%6.1f%%  %9.2f  %9.2f  %s\n", share(step.seconds), (step.seconds - step.in_matches) * 1e3, step.in_matches * 1e3, step.name.c_str());
    }
    std::printf("\n%7s  %9s  %9s  %9s  %9s  %9s  rule\n", "share", "ms", "ns/match", "matches", "made", "lost");
    std::size_t silent = 0;
    for (const Row& row : rows) {
        if (row.cost.matches == 0) {
            ++silent;
            continue;
        }
        std::printf("%6.2f%%  %9.2f  %9.0f  %9llu  %9llu  %9llu  %s (%s)\n", share(row.cost.seconds), row.cost.seconds * 1e3, row.cost.seconds * 1e9 / static_cast<double>(row.cost.matches),
                    static_cast<unsigned long long>(row.cost.matches), static_cast<unsigned long long>(row.cost.made), static_cast<unsigned long long>(row.cost.lost),
                    row.rule->name.c_str(), row.rule->where.c_str());
    }
    if (silent > 0) std::printf("\n%zu rules matched nothing.\n", silent);
}

void print_json(const std::vector<Row>& rows, const Profile& profile, double all, std::uint64_t documents, std::uint64_t bytes) {
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    json.field("documents", static_cast<std::int64_t>(documents));
    json.field("bytes", static_cast<std::int64_t>(bytes));
    json.key("seconds"), json.decimal(all, 6);
    json.key("steps");
    json.begin_array();
    for (const StepCost& step : profile.steps()) {
        json.begin_object();
        json.field("name", step.name);
        json.key("seconds"), json.decimal(step.seconds, 6);
        json.key("in_matches"), json.decimal(step.in_matches, 6);
        json.end_object();
    }
    json.end_array();
    json.key("rules");
    json.begin_array();
    for (const Row& row : rows) {
        json.begin_object();
        json.field("name", row.rule->name);
        json.field("where", row.rule->where);
        json.field("matches", static_cast<std::int64_t>(row.cost.matches));
        json.field("made", static_cast<std::int64_t>(row.cost.made));
        json.field("lost", static_cast<std::int64_t>(row.cost.lost));
        json.key("seconds"), json.decimal(row.cost.seconds, 9);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    out += '\n';
    std::fwrite(out.data(), 1, out.size(), stdout);
}

}  // namespace

int print_rules_profile(const RuleSet& rules, const Extractor& extractor, const std::vector<std::string>& inputs, bool as_json) {
    ProblemReporter problems;
    auto sources = list_sources(inputs, InputFormat::automatic, problems);
    if (!sources) {
        std::fprintf(stderr, "demarc: %s\n", sources.error().text().c_str());
        return exit_code(sources.error().code);
    }
    DocumentStream stream(std::move(*sources), {}, problems);
    Workspace workspace;
    Profile profile;
    double all = 0;
    std::uint64_t documents = 0, bytes = 0;
    while (const auto document = stream.next()) {
        const auto start = Clock::now();
        static_cast<void>(extractor.extract(*document, workspace, &profile));
        profile.end();
        all += seconds_since(start);
        ++documents;
        bytes += document->text.size();
    }
    std::vector<Row> rows;
    for (const RuleSource& rule : rules.sources().rules) rows.push_back({&rule, profile.of(rule)});
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.cost.seconds > b.cost.seconds; });
    (as_json ? print_json : print_table)(rows, profile, all, documents, bytes);
    return exit_done;
}

}  // namespace demarc
