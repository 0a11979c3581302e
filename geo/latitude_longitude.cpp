#include "geo/latitude_longitude.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/utf8.hpp"

namespace demarc {
namespace {

enum class Sign { number, degree, minute, second, hemisphere, dash, separator, latitude_word, longitude_word };

struct Token {
    Sign sign;
    std::string digits;   // numbers: digits before the point
    std::string decimals;
    char hemisphere = 0;
};

constexpr std::size_t longest_text = 160;  // bytes: no coordinate is longer

struct Word {
    std::string_view text;
    Sign sign;
    char hemisphere = 0;
};
constexpr Word words[] = {
    {"n", Sign::hemisphere, 'N'},     {"north", Sign::hemisphere, 'N'},  {"s", Sign::hemisphere, 'S'},   {"south", Sign::hemisphere, 'S'},
    {"e", Sign::hemisphere, 'E'},     {"east", Sign::hemisphere, 'E'},   {"w", Sign::hemisphere, 'W'},   {"west", Sign::hemisphere, 'W'},
    {"d", Sign::degree},              {"deg", Sign::degree},             {"degs", Sign::degree},         {"degree", Sign::degree},
    {"degrees", Sign::degree},        {"min", Sign::minute},             {"mins", Sign::minute},         {"minute", Sign::minute},
    {"minutes", Sign::minute},        {"sec", Sign::second},             {"secs", Sign::second},         {"second", Sign::second},
    {"seconds", Sign::second},        {"lat", Sign::latitude_word},      {"latitude", Sign::latitude_word},
    {"long", Sign::longitude_word},   {"lon", Sign::longitude_word},     {"longitude", Sign::longitude_word},
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::optional<Sign> sign_of(char32_t c) {
    switch (c) {
        case U'°': case U'º': case U'˚': case U'⁰': return Sign::degree;
        case U'′': case U'\'': case U'’': case U'‘': case U'´': case U'`': case U'ʹ': case U'ʼ': return Sign::minute;
        case U'″': case U'"': case U'”': case U'“': case U'ʺ': return Sign::second;
        case U'-': case U'‐': case U'‑': case U'–': case U'—': case U'−': return Sign::dash;
        case U',': case U';': case U'/': return Sign::separator;
        default: return std::nullopt;
    }
}

std::optional<std::vector<Token>> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (is_digit(c)) {
            Token token{Sign::number, {}, {}};
            for (; at < text.size() && is_digit(text[at]); ++at) token.digits += text[at];
            if (at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1])) {
                for (++at; at < text.size() && is_digit(text[at]); ++at) token.decimals += text[at];
            }
            if (token.digits.size() > 7 || token.decimals.size() > 12) return std::nullopt;
            tokens.push_back(std::move(token));
        } else if (is_letter(c)) {
            std::string word;
            for (; at < text.size() && is_letter(text[at]); ++at) word += static_cast<char>(text[at] | 0x20);
            if (at < text.size() && text[at] == '.') ++at;
            if (word == "and" || word == "of") continue;
            const auto* known = std::find_if(std::begin(words), std::end(words), [&](const Word& w) { return w.text == word; });
            if (known == std::end(words)) return std::nullopt;
            tokens.push_back({known->sign, {}, {}, known->hemisphere});
        } else {
            const char32_t code_point = next_code_point(text, at);
            if (code_point == U' ' || code_point == U'\t' || code_point == U'\n' || code_point == U'\u00A0') continue;
            const auto sign = sign_of(code_point);
            if (!sign) return std::nullopt;
            if (*sign == Sign::minute && !tokens.empty() && tokens.back().sign == Sign::minute) tokens.back().sign = Sign::second;
            else tokens.push_back({*sign, {}, {}});
        }
    }
    return tokens;
}

struct Angle {
    std::vector<Token> numbers;
    char axis = 0;         // 'y' latitude, 'x' longitude, 0 not said
    bool negative = false;
    bool has_letter = false;
    bool has_unit = false;
};

class AngleReader {
public:
    explicit AngleReader(const std::vector<Token>& tokens) : tokens_(tokens) {}
    [[nodiscard]] bool at_end() const { return at_ >= tokens_.size(); }
    void skip_separators() {
        while (is(Sign::separator)) ++at_;
    }

    std::optional<Angle> next() {
        Angle angle;
        if (!read_axis_words(angle)) return std::nullopt;
        if (is(Sign::hemisphere) && !take_hemisphere(angle)) return std::nullopt;
        if (is(Sign::dash)) angle.negative = true, ++at_;
        while (is(Sign::number) && angle.numbers.size() < 3) {
            const auto unit = unit_after();
            if (unit == Sign::degree && !angle.numbers.empty()) break;
            if (unit && static_cast<std::size_t>(*unit) - static_cast<std::size_t>(Sign::degree) != angle.numbers.size()) return std::nullopt;
            angle.numbers.push_back(tokens_[at_++]);
            if (unit) angle.has_unit = true, ++at_;
            if (is(Sign::dash) && at_ + 1 < tokens_.size() && tokens_[at_ + 1].sign == Sign::number) ++at_;
        }
        if (angle.numbers.empty()) return std::nullopt;
        if (is(Sign::hemisphere) && !angle.has_letter && !take_hemisphere(angle)) return std::nullopt;
        return angle;
    }

private:
    [[nodiscard]] bool is(Sign sign) const { return at_ < tokens_.size() && tokens_[at_].sign == sign; }
    [[nodiscard]] std::optional<Sign> unit_after() const {
        if (at_ + 1 >= tokens_.size()) return std::nullopt;
        const Sign sign = tokens_[at_ + 1].sign;
        if (sign == Sign::degree || sign == Sign::minute || sign == Sign::second) return sign;
        return std::nullopt;
    }
    /// "latitude", "N. lat.": the word tells the axis.
    bool read_axis_words(Angle& angle) {
        for (; is(Sign::latitude_word) || is(Sign::longitude_word); ++at_) {
            const char axis = is(Sign::latitude_word) ? 'y' : 'x';
            if (angle.axis != 0 && angle.axis != axis) return false;
            angle.axis = axis;
        }
        return true;
    }
    bool take_hemisphere(Angle& angle) {
        const char letter = tokens_[at_++].hemisphere;
        const char axis = letter == 'N' || letter == 'S' ? 'y' : 'x';
        if ((angle.axis != 0 && angle.axis != axis) || angle.negative) return false;
        angle.axis = axis, angle.has_letter = true;
        angle.negative = letter == 'S' || letter == 'W';
        return read_axis_words(angle);
    }

    const std::vector<Token>& tokens_;
    std::size_t at_ = 0;
};

/// "3819" is 38 degrees 19 minutes, "1271600" 127 degrees 16 minutes 0 seconds.
void split_run_together(Angle& angle) {
    Token& only = angle.numbers.front();
    if (angle.numbers.size() != 1 || only.digits.size() < 4 || angle.has_unit) return;
    const std::size_t degrees = only.digits.size() % 2 == 0 ? 2 : 3;
    const std::string digits = only.digits, decimals = only.decimals;
    angle.numbers.clear();
    angle.numbers.push_back({Sign::number, digits.substr(0, degrees), {}});
    for (std::size_t at = degrees; at < digits.size(); at += 2) angle.numbers.push_back({Sign::number, digits.substr(at, 2), {}});
    angle.numbers.back().decimals = decimals;
}

struct Value {
    double degrees = 0, step = 1;
};

std::optional<Value> value_of(const Angle& angle, double limit) {
    Value value;
    double unit = 1;
    for (std::size_t i = 0; i < angle.numbers.size(); ++i, unit /= 60) {
        const Token& token = angle.numbers[i];
        if (i + 1 < angle.numbers.size() && !token.decimals.empty()) return std::nullopt;
        const double number = std::strtod((token.digits + "." + token.decimals + "0").c_str(), nullptr);
        if (i > 0 && (number >= 60 || token.digits.size() > 2)) return std::nullopt;
        value.degrees += number * unit;
        value.step = unit * std::pow(10.0, -static_cast<double>(token.decimals.size()));
    }
    if (value.degrees > limit) return std::nullopt;
    if (angle.negative) value.degrees = -value.degrees;
    return value;
}

/// Says by itself that it is an angle: by a letter with minutes or decimals, or by a degree sign.
bool speaks_for_itself(const Angle& angle) {
    return angle.has_unit || (angle.has_letter && (angle.numbers.size() > 1 || angle.numbers.front().decimals.size() > 1));
}

bool is_bare_decimal(const Angle& angle) { return angle.numbers.size() == 1 && angle.numbers.front().decimals.size() >= 2; }

}  // namespace

std::optional<LatitudeLongitude> read_latitude_longitude(std::string_view text) {
    if (text.size() > longest_text || first_invalid_utf8(text) != text.size()) return std::nullopt;
    const auto tokens = tokens_of(text);
    if (!tokens) return std::nullopt;
    AngleReader reader(*tokens);
    std::vector<Angle> angles;
    while (!reader.at_end()) {
        auto angle = reader.next();
        if (!angle || angles.size() == 2) return std::nullopt;
        if (angle->has_letter || angle->axis != 0) split_run_together(*angle);
        angles.push_back(std::move(*angle));
        reader.skip_separators();
    }
    if (angles.empty()) return std::nullopt;
    if (angles.size() == 1) {
        if (angles[0].axis == 0 || !speaks_for_itself(angles[0])) return std::nullopt;
    } else {
        const bool said = angles[0].axis != 0 && angles[1].axis != 0;
        const bool bare = angles[0].axis == 0 && angles[1].axis == 0 &&
                          ((angles[0].has_unit && angles[1].has_unit) || (is_bare_decimal(angles[0]) && is_bare_decimal(angles[1])) ||
                           (angles[0].has_unit != angles[1].has_unit && angles[0].numbers.size() == 1 && angles[1].numbers.size() == 1 &&
                            !angles[0].numbers[0].decimals.empty() && !angles[1].numbers[0].decimals.empty()));
        if (bare) angles[0].axis = 'y', angles[1].axis = 'x';
        if ((!said && !bare) || angles[0].axis == angles[1].axis) return std::nullopt;
    }
    LatitudeLongitude out{std::nullopt, std::nullopt, 0};
    for (const Angle& angle : angles) {
        const auto value = value_of(angle, angle.axis == 'y' ? 90 : 180);
        if (!value) return std::nullopt;
        (angle.axis == 'y' ? out.lat : out.lon) = value->degrees;
        out.step_deg = std::max(out.step_deg, value->step);
    }
    return out;
}

}  // namespace demarc
