#include "gazetteer/external_sort.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace demarc {

Result<TemporaryFile> TemporaryFile::make(const std::string& folder) {
    std::string path = (folder.empty() ? std::string(".") : folder) + "/.demarc-XXXXXX";
    const int descriptor = ::mkstemp(path.data());
    if (descriptor < 0) return Error{ErrorCode::cannot_create, std::string("no temporary file can be made: ") + std::strerror(errno), folder};
    ::unlink(path.c_str());
    TemporaryFile file;
    file.file_.reset(::fdopen(descriptor, "w+b"));
    if (!file.file_) return Error{ErrorCode::cannot_create, "no temporary file can be made", folder};
    return file;
}

}  // namespace demarc
