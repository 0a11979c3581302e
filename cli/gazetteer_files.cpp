#include "cli/gazetteer_files.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>

#include "cli/exit_code.hpp"
#include "gazetteer/gazetteer.hpp"
#include "gazetteer/importers/place_list.hpp"
#include "out/json_writer.hpp"
#include "out/output_folder.hpp"

namespace demarc {
namespace {

Status write_whole(const std::string& path, const std::string& text) {
    const std::filesystem::path target(path);
    auto folder = OutputFolder::create(target.has_parent_path() ? target.parent_path().string() : ".");
    if (!folder) return folder.error();
    if (Status status = (*folder)->write_whole(target.filename().string(), text); !status) return status;
    return (*folder)->commit();
}

std::string_view name_of(PlaceChange::Kind kind) {
    switch (kind) {
        case PlaceChange::Kind::added: return "added";
        case PlaceChange::Kind::removed: return "removed";
        case PlaceChange::Kind::moved: return "moved";
        case PlaceChange::Kind::renamed: return "renamed";
        case PlaceChange::Kind::names_added: return "names_added";
        case PlaceChange::Kind::names_removed: return "names_removed";
        case PlaceChange::Kind::kind_changed: return "kind_changed";
    }
    return "changed";
}

}  // namespace

int check_gazetteer(const std::string& path) {
    const auto gazetteer = Gazetteer::open(path);
    if (!gazetteer) return fail(gazetteer.error());
    if (Status status = gazetteer->verify(); !status) {
        Error error = status.error();
        error.where = path;
        return fail(error);
    }
    std::printf("%s: whole, %zu records, digest %s\n", path.c_str(), gazetteer->size(), gazetteer->digest().c_str());
    return exit_done;
}

int export_gazetteer(const std::string& path, const std::string& format, const std::string& output, const std::string& year) {
    if (std::find(std::begin(place_list_formats), std::end(place_list_formats), format) == std::end(place_list_formats)) {
        return fail({ErrorCode::usage, "format '" + format + "'; allowed: lpf lp-tsv csv geojson", ""});
    }
    const auto places = read_place_list(path);
    if (!places) return fail(places.error());
    const bool dated = std::all_of(places->begin(), places->end(), [](const ListedPlace& place) { return !place.start.empty(); });
    if (format == "lp-tsv" && year.empty() && !dated) return fail({ErrorCode::usage, "LP-TSV wants a year in each row and some places have none: give that of the source with --year", path});
    const std::string text = write_place_list(*places, format, year);
    if (output == "-") {
        std::fwrite(text.data(), 1, text.size(), stdout);
        return std::fflush(stdout) == 0 ? exit_done : fail({ErrorCode::io, "standard output can't be written", ""});
    }
    if (const Status status = write_whole(output, text); !status) return fail(status.error());
    std::printf("%s: %zu places\n", output.c_str(), places->size());
    return exit_done;
}

int diff_gazetteers(const std::string& before, const std::string& after, bool json) {
    const auto a = read_place_list(before), b = read_place_list(after);
    if (!a) return fail(a.error());
    if (!b) return fail(b.error());
    std::string out;
    for (const PlaceChange& change : compare_place_lists(*a, *b)) {
        if (json) {
            JsonWriter writer(out);
            writer.begin_object();
            writer.field("id", change.id);
            writer.field("change", name_of(change.kind));
            writer.optional_field("before", change.before);
            writer.optional_field("after", change.after);
            if (change.kind == PlaceChange::Kind::moved && std::isfinite(change.distance_m)) writer.key("distance_m"), writer.decimal(change.distance_m, 1);
            writer.end_object();
            out += '\n';
            continue;
        }
        out.append(name_of(change.kind)).append("\t").append(change.id).append("\t").append(change.before);
        out.append(change.before.empty() || change.after.empty() ? "" : " -> ").append(change.after);
        if (change.kind == PlaceChange::Kind::moved && std::isfinite(change.distance_m)) {
            char distance[40];
            std::snprintf(distance, sizeof distance, "\t%.0f m", change.distance_m);
            out += distance;
        }
        out += '\n';
    }
    std::fwrite(out.data(), 1, out.size(), stdout);
    return exit_done;
}

}  // namespace demarc
