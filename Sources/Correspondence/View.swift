/// What a template shows: values by name, ready to be read, nothing left to work out.
///
/// A dictionary, since the engine looks into it without reflection; a name that is missing shows nothing.
typealias View = [String: Any]

extension View {
    /// A paragraph: `plain` for HTML, `text` broken for plain text.
    static func paragraph(_ plain: String, indent: String = "", first: String = "") -> View {
        let held = plain.withFiguresHeld
        return ["plain": held, "text": Layout.wrap(held, indent: indent, first: first)]
    }

    /// The values that are there.
    static func of(_ values: [String: Any?]) -> View { values.compactMapValues { $0 } }
}
