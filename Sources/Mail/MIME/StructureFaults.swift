import CGMime

/// What the library finds broken in the structure of a mail that it parses.
final class StructureFaults {
    private(set) var words: [String] = []

    /// Watches a parser with these options, which must not outlive it.
    init(watching options: OpaquePointer) {
        g_mime_parser_options_set_warning_callback(
            options,
            { _, fault, _, context in
                guard let context, let words = StructureFaults.words(for: fault) else { return }
                let faults = Unmanaged<StructureFaults>.fromOpaque(context).takeUnretainedValue()
                if !faults.words.contains(words) { faults.words.append(words) }
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Of what only differs from the rules without loss nothing is said.
    private static func words(for fault: GMimeParserWarning) -> String? {
        switch fault {
        case GMIME_WARN_INVALID_CONTENT_TYPE: "a content type that is none"
        case GMIME_WARN_MALFORMED_MULTIPART: "a multipart without parts"
        case GMIME_WARN_TRUNCATED_MESSAGE: "a part without an end"
        case GMIME_WARN_MALFORMED_MESSAGE: "a message that is malformed"
        case GMIME_CRIT_INVALID_HEADER_NAME: "a header line without a name"
        case GMIME_CRIT_CONFLICTING_HEADER: "header fields that contradict each other"
        case GMIME_CRIT_CONFLICTING_PARAMETER: "parameters that contradict each other"
        case GMIME_CRIT_MULTIPART_WITHOUT_BOUNDARY: "a multipart without a boundary"
        case GMIME_CRIT_NESTING_OVERFLOW: "nested too deep for the parser"
        default: nil
        }
    }
}
