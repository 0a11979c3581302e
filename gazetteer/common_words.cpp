#include "gazetteer/common_words.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "gazetteer/fold.hpp"

namespace demarc {

Status read_word_list(const std::string& path, CommonWords& words) {
    std::ifstream in(path);
    if (!in) return Error{ErrorCode::no_input, "no such file of words, or it can't be read", path};
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with('#')) continue;
        std::replace(line.begin(), line.end(), '|', ' ');
        std::istringstream parts(line);
        for (std::string word; parts >> word;) {
            if (word.find('\'') == std::string::npos) words.insert(fold_token(word));
        }
    }
    return {};
}

Status read_dictionary(const std::string& path, CommonWords& words) {
    std::ifstream in(path);
    if (!in) return Error{ErrorCode::no_input, "no such dictionary, or it can't be read", path};
    for (std::string word; in >> word;) {
        if (word.find('\'') == std::string::npos && word[0] >= 'a' && word[0] <= 'z') words.insert(fold_token(word));
    }
    return {};
}

}  // namespace demarc
