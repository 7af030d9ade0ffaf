/// A program of the system that reads a form: the confined process becomes it, with the file on its standard input.
///
/// Programs rather than libraries, so that what is hard to read safely is not a part of the daemon's own memory, and its
/// failures are those of a stranger.
struct Tool: Sendable {
    var path: String
    var arguments: [String]
    /// Words of the program by which a failure is known, in lower case.
    var failures: [(words: String, code: AttachmentReading.Reason.Code)]

    func failure(_ words: String) -> ReadingFailure? {
        let words = words.lowercased()
        return failures.first { words.contains($0.words) }.map { ReadingFailure($0.code) }
    }
}

extension AttachmentForm {
    /// The program that reads it; `nil` where we do.
    var tool: Tool? {
        switch self {
        case .pdf: .pdftotext
        case .picture: .tesseract
        case .text, .html, .rtf, .docx, .xlsx, .pptx, .odt, .ods, .mail, .tnef, .outlook, .sealed, .compound: nil
        }
    }
}

extension Tool {
    /// Poppler's; columns stay apart, as in tables of prices.
    static let pdftotext = Tool(
        path: "/usr/bin/pdftotext", arguments: ["-layout", "-enc", "UTF-8", "-eol", "unix", "-", "-"],
        failures: [
            ("incorrect password", .encrypted), ("out of memory", .outOfMemory), ("bad_alloc", .outOfMemory),
            ("no such file", .noReader), ("may not be a pdf", .damaged), ("couldn't read xref", .damaged),
            ("error", .damaged),
        ])

    /// Poppler's; pages in shades of grey, one behind the other on standard output (``ScannedPages``).
    static let pdftoppm = Tool(
        path: "/usr/bin/pdftoppm",
        arguments: [
            "-gray", "-l", "\(ScannedPages.limit + 1)", "-scale-to", "\(ScannedPages.longestSide)", "-",
        ], failures: pdftotext.failures)

    /// With the models of Danish and English.
    static let tesseract = Tool(
        path: "/usr/bin/tesseract", arguments: ["-", "-", "-l", "dan+eng"],
        failures: [
            ("bad_alloc", .outOfMemory), ("no such file", .noReader), ("couldn't load any languages", .noReader),
            ("error", .damaged),
        ])
}
