#include "extractor/tokeniser.hpp"

#include "extractor/token_cutter.hpp"

namespace demarc {

bool kernel_available(TokeniserKernel kernel) {
    if (kernel == TokeniserKernel::scalar) return true;
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
#else
    return false;
#endif
}

void tokenise_with(TokeniserKernel kernel, std::string_view text, std::vector<Token>& tokens) {
    if (kernel == TokeniserKernel::avx2) tokenise_avx2(text, tokens);
    else TokenCutter(text, tokens).run(masks_scalar);
}

void tokenise(std::string_view text, std::vector<Token>& tokens) {
    static const TokeniserKernel kernel = kernel_available(TokeniserKernel::avx2) ? TokeniserKernel::avx2 : TokeniserKernel::scalar;
    tokenise_with(kernel, text, tokens);
}

}  // namespace demarc
