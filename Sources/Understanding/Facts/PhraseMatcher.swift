/// Finds many phrases in a text in one pass over its words.
///
/// A word of a phrase may begin or end with `*` for any letters: `faktura*`, `*fakturaer`.
struct PhraseMatcher<Target: Sendable>: Sendable {
    struct Match {
        var tokens: Range<Int>
        var target: Target
    }

    private enum Pattern: Sendable {
        case exact(String)
        case prefix(String)
        case suffix(String)

        init(_ word: Substring) {
            if word.hasSuffix("*") {
                self = .prefix(Folding.fold(word.dropLast()))
            } else if word.hasPrefix("*") {
                self = .suffix(Folding.fold(word.dropFirst()))
            } else {
                self = .exact(Folding.fold(word))
            }
        }

        func matches(_ word: String) -> Bool {
            switch self {
            case .exact(let text): word == text
            case .prefix(let text): word.hasPrefix(text)
            case .suffix(let text): word.hasSuffix(text)
            }
        }
    }

    private struct Entry: Sendable {
        var rest: [Pattern]
        var target: Target
    }

    /// Phrases by their first word: exact ones by the word, the others by its first or last octet.
    private var exact: [String: [Entry]] = [:]
    private var prefixes: [UInt8: [(String, Entry)]] = [:]
    private var suffixes: [UInt8: [(String, Entry)]] = [:]

    mutating func add(_ phrases: [String], _ target: Target) {
        for phrase in phrases { add(phrase, target) }
    }

    private mutating func add(_ phrase: String, _ target: Target) {
        let patterns = phrase.split(separator: " ").map(Pattern.init)
        guard let first = patterns.first else { return }
        let entry = Entry(rest: Array(patterns.dropFirst()), target: target)
        switch first {
        case .exact(let word): exact[word, default: []].append(entry)
        case .prefix(let text): if let octet = text.utf8.first { prefixes[octet, default: []].append((text, entry)) }
        case .suffix(let text): if let octet = text.utf8.last { suffixes[octet, default: []].append((text, entry)) }
        }
    }

    /// All matches in the order of the text.
    func matches(in tokens: [Token]) -> [Match] {
        var matches: [Match] = []
        for (index, token) in tokens.enumerated() {
            for entry in exact[token.word] ?? [] { check(entry, at: index, tokens, &matches) }
            for part in token.compoundParts {
                for entry in exact[part] ?? [] { check(entry, at: index, tokens, &matches) }
            }
            if let first = token.word.utf8.first, let entries = prefixes[first] {
                for (text, entry) in entries where token.word.hasPrefix(text) {
                    check(entry, at: index, tokens, &matches)
                }
            }
            if let last = token.word.utf8.last, let entries = suffixes[last] {
                for (text, entry) in entries where token.word.hasSuffix(text) {
                    check(entry, at: index, tokens, &matches)
                }
            }
        }
        return matches
    }

    private func check(_ entry: Entry, at index: Int, _ tokens: [Token], _ matches: inout [Match]) {
        let end = index + 1 + entry.rest.count
        guard end <= tokens.count,
            zip(entry.rest, tokens[(index + 1)..<end]).allSatisfy({ $0.matches($1.word) })
        else { return }
        matches.append(Match(tokens: index..<end, target: entry.target))
    }
}

extension Token {
    /// First and last part of a word with a hyphen: `ERP-integration`, `chatbot-løsning`.
    fileprivate var compoundParts: [String] {
        guard word.utf8.contains(UInt8(ascii: "-")) else { return [] }
        let parts = word.split(separator: "-")
        return parts.count < 2 ? [] : [String(parts[0]), String(parts[parts.count - 1])]
    }
}
