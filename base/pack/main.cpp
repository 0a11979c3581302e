// Packs files into one: for each "path\nsize\n" and its bytes. Usage: demarc_pack OUT BASE FILE...
// Run when the program is built; the rules travel inside it as this one block.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: demarc_pack OUT BASE FILE...\n");
        return 64;
    }
    std::vector<std::string> files(argv + 3, argv + argc);
    std::sort(files.begin(), files.end());
    std::ofstream out(argv[1], std::ios::binary);
    for (const std::string& file : files) {
        std::ifstream in(file, std::ios::binary);
        if (!in) {
            std::fprintf(stderr, "demarc_pack: can't read %s\n", file.c_str());
            return 74;
        }
        const std::string content((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
        out << std::filesystem::relative(file, argv[2]).generic_string() << '\n' << content.size() << '\n' << content;
    }
    return out.flush() ? 0 : 74;
}
