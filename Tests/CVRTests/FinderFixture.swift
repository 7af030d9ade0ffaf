import CVR
import Testing

/// A text and what is found in it.
struct FinderFixture: Sendable, CustomTestStringConvertible {
    /// One candidate in short: digits, label and the words that are shown.
    struct Found: Hashable, Sendable {
        var digits: String
        var label: CVRCandidate.Label
        var text: String
    }

    var text: String
    var found: [Found]

    /// One candidate is found.
    init(_ text: String, _ label: CVRCandidate.Label, _ digits: String = "24256790", as words: String? = nil) {
        self.text = text
        found = [Found(digits: digits, label: label, text: words ?? text)]
    }

    /// Several are found.
    init(_ text: String, _ found: [(CVRCandidate.Label, String, String)]) {
        self.text = text
        self.found = found.map { Found(digits: $0.1, label: $0.0, text: $0.2) }
    }

    /// Nothing is found.
    init(nothingIn text: String) {
        self.text = text
        found = []
    }

    var testDescription: String { text }

    func check(sourceLocation: SourceLocation = #_sourceLocation) {
        let candidates = CVRFinder.candidates(in: text)
        let seen = candidates.map { Found(digits: $0.digits, label: $0.label, text: $0.text) }
        #expect(seen == found, sourceLocation: sourceLocation)
        for candidate in candidates {
            #expect(
                candidate.text.utf8.elementsEqual(
                    text.utf8.dropFirst(candidate.offset).prefix(candidate.length)), sourceLocation: sourceLocation)
        }
    }
}
