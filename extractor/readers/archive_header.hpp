#pragma once
#include <string>
#include <string_view>

#include "base/document.hpp"

namespace demarc {

/// Reads what the first 64 KB of a document's text say of the document itself, into document.metadata; fields that are already set stay.
///
/// - The header block of archive web pages: a title line, then labels on lines of their own ("Citation:", "Original Language:", "Summary:",
///   "Credits:", "Contents:", "Copies:" …) with the value on the lines below, up to the next label.
/// - "Label: value" lines at the top (Date, From, To, Subject, Title, Source, Translator, Archive, Language …).
/// - Stamps ("[Stamp: …]"), "Translated by X".
///
/// The date is the first complete one (heading_date.hpp) of, in this order: a Date label, the title, the citation, a heading or dateline in
/// the first forty lines ("Washington, November 27, 1951—3:15 p.m.", "received at 1730 1 November 1951"): a line of at most 160 bytes, or the
/// first 60 bytes of a longer one. Without any of them there is none: a date amid prose isn't the document's.
///
/// Sender and recipients come from labels, else from "X to Y" in the title or on one of the first lines, if the title names a letter,
/// telegram … or one of the two an office ("The Ambassador in Korea (Muccio) to the Secretary of State"); a recipient else from a line
/// "to Cde. FILIPPOV [Stalin]".
///
/// The text isn't changed; header_spans gives the title and the label blocks (bytes), sorted. Linear in the 64 KB.
void read_archive_header(Document& document);

/// BCP 47 code of a language's English name ("Russian" -> "ru", "Russian and Chinese" -> "ru"); "" unknown.
[[nodiscard]] std::string language_code(std::string_view name);

}  // namespace demarc
