#pragma once
#include "base/document.hpp"

namespace demarc {

/// Reads what the first 64 KB of a document's text say of the document itself, into document.metadata; fields that are already set stay.
///
/// - The header block of archive web pages: a title line, then labels on lines of their own ("Citation:", "Original Language:", "Summary:",
///   "Credits:", "Contents:", "Copies:" …) with the value on the lines below, up to the next label.
/// - "Label: value" lines at the top (Date, From, To, Subject, Title, Source, Translator, Archive, Language …).
/// - Stamps ("[Stamp: …]"), "Translated by X", "Copies: to …", "from X received at … 1 November 1951".
///
/// The date is the first full calendar date of, in this order: a Date label, the title, the citation, the first forty lines. Sender and
/// recipients come from labels, else from "X to Y" in the title. The text isn't changed; header_spans gives the label blocks (bytes).
void read_archive_header(Document& document);

/// BCP 47 code of a language's English name ("Russian" -> "ru"); "" unknown.
[[nodiscard]] std::string language_code(std::string_view name);

/// The first full calendar date in a text: "November 1, 1951", "1 November 1951", "1951-11-01", "1.11.1951" (day first).
[[nodiscard]] std::optional<CivilDate> first_full_date(std::string_view text);

}  // namespace demarc
