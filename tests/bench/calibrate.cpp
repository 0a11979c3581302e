// The yardstick of whole_run.py: tokenise and hash a text, best of N, in MB for a second of processor time. Usage: demarc_calibrate FILE [N]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/utf8.hpp"
#include "extractor/tokeniser.hpp"

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: demarc_calibrate FILE [N]\n");
        return 64;
    }
    std::ifstream in(argv[1], std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    std::size_t replaced = 0;
    if (demarc::first_invalid_utf8(text) != text.size()) text = demarc::repair_utf8(text, replaced);
    const int runs = argc > 2 ? std::atoi(argv[2]) : 5;
    std::vector<demarc::Token> tokens;
    double best = 1e9;
    std::uint64_t sum = 0;
    for (int i = 0; i < runs; ++i) {
        const std::clock_t start = std::clock();
        demarc::tokenise(text, tokens);
        for (const demarc::Token& token : tokens) sum ^= token.hash;
        best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    std::printf("%.1f MB/s (%zu tokens, %016llx)\n", static_cast<double>(text.size()) / 1e6 / best, tokens.size(), static_cast<unsigned long long>(sum));
    return 0;
}
