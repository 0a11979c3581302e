#pragma once
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "gazetteer/builder.hpp"
#include "gazetteer/gazetteer.hpp"
#include "gazetteer/name_routes.hpp"
#include "gazetteer/name_tokens.hpp"
#include "gazetteer/source_table.hpp"
#include "tests/catch.hpp"

/// Indices of small tables written in a test, and the project's own name routes.
namespace demarc::test {

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline const NameRoutes& project_routes() {
    static const NameRoutes routes = [] {
        std::vector<NameRuleFile> files;
        for (const auto& entry : std::filesystem::directory_iterator("rules/names")) files.push_back({entry.path().filename().string(), read_file(entry.path())});
        auto loaded = NameRoutes::load(files);
        if (!loaded) FAIL(loaded.error().text());
        return std::move(*loaded);
    }();
    return routes;
}

inline std::vector<SourceRecord> records_of(const std::string& places, const std::string& people) {
    std::vector<SourceRecord> records;
    for (const bool place : {true, false}) {
        const std::string& text = place ? places : people;
        if (text.empty()) continue;
        auto read = place ? read_places(text, "places.tsv") : read_people(text, "people.tsv");
        if (!read) FAIL(read.error().text());
        for (SourceRecord& record : *read) {
            project_routes().expand(record);
            records.push_back(std::move(record));
        }
    }
    return records;
}

/// An index over bytes that it owns, aligned as the reader wants.
class Index {
public:
    explicit Index(const std::string& bytes) : words_(bytes.size() / 8 + 1), size_(bytes.size()) { std::memcpy(words_.data(), bytes.data(), bytes.size()); }
    Index(const std::string& places, const std::string& people) : Index(*build_index(records_of(places, people), project_routes().endings())) {}
    [[nodiscard]] std::span<const std::byte> bytes() const { return {reinterpret_cast<const std::byte*>(words_.data()), size_}; }
    [[nodiscard]] Gazetteer open() const {
        auto opened = Gazetteer::from_memory(bytes());
        if (!opened) FAIL(opened.error().text());
        return std::move(*opened);
    }

private:
    std::vector<std::uint64_t> words_;
    std::size_t size_;
};

inline std::vector<Hit> probe(const Gazetteer& gazetteer, std::string_view name) {
    std::vector<Hit> hits;
    gazetteer.hits(gazetteer.probe(sequence_key(name_tokens(name))), hits);
    return hits;
}

/// Ids of the records that a search meets, best first, parted by spaces.
inline std::string found(const Gazetteer& gazetteer, std::string_view name, MatchStage last = MatchStage::edit) {
    std::string out;
    for (const Hit& hit : gazetteer.search(name, last)) out.append(out.empty() ? "" : " ").append(gazetteer.record(hit.record).id);
    return out;
}

inline const std::string sample_places =
    "# source: written for this test\n"
    "id\tname\tkind\tcountry\tlon\tlat\tprecision_m\trank\ten\tmr\thang\thani\tja\tru\tnote\n"
    "kp-kumsong\tKŭmsŏng\ttown\tKP\t127.62\t38.4127\t1000\t4\t\tKŭmsŏng\t금성\t金城\tKinjō\t\t\n"
    "kp-kaesong\tKaesŏng\tcity\tKP\t126.5547\t37.9708\t2000\t6\tKaesong\tKaesŏng\t개성\t開城\tKaijō\tКэсон\t\n"
    "kr-munsan\tMunsan-ni\ttown\tKR\t126.789\t37.855\t1000\t4\t\tMunsan-ni\t문산리\t汶山里\t\t\t\n"
    "kr-hill-395\tHill 395\thill\tKR\t127.16\t38.28\t300\t3\tWhite Horse Hill\t\t\t\t\t\t\n"
    "kr-paju-sindong\tSindong-ni\tvillage\tKR\t126.75\t37.9\t500\t1\t\t\t\t\t\t\t\n"
    "cn-shenyang\tShenyang\tcity\tCN\t123.43\t41.8\t5000\t7\tMukden\t\t\t瀋陽\t\tШэньян\t\n"
    "us-state-virginia\tVirginia\tprovince\tUS\t-78.2\t37.5\t270000\t6\t\t\t\t\t\t\tambiguous: given name\n";

inline const std::string sample_people =
    "# source: written for this test\n"
    "id\tname\tfamily\tgiven\torder\tnation\tborn\tdied\tnames\tnative\tcover\troles\n"
    "mao-zedong\tMao Zedong\tMao\tZedong\tfamily_first\tCN\t1893\t1976\tMao Tse-tung\t毛澤東\t\tchairman@1949/1976\n"
    "peng-dehuai\tPeng Dehuai\tPeng\tDehuai\tfamily_first\tCN\t1898\t1974\t\t彭德懷\t\t\n"
    "li-kenong\tLi Kenong\tLi\tKenong\tfamily_first\tCN\t1899\t1962\t\t李克農\t\t\n"
    "kim-il-sung\tKim Il Sung\tKim\tIl Sung\tfamily_first\tKP\t1912\t1994\t\t김일성|金日成\t\t\n"
    "joseph-stalin\tJoseph Stalin\tStalin\tJoseph\tgiven_first\tSU\t1878\t1953\tJ. V. Stalin\tИосиф Сталин\tFilippov@1949/1953|Fyn Si@1950\t\n";

}  // namespace demarc::test
