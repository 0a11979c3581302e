#include "out/html_map.hpp"

namespace demarc {

void HtmlMap::add(const ExtractedDocument& document) { (void)document; }
void HtmlMap::write(std::string& out, const std::vector<Entity>& entities) const { (void)entities, out += "<!doctype html>\n"; }

}  // namespace demarc
