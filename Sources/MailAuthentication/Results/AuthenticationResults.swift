/// An Authentication-Results field (RFC 8601): what somebody found out about a message.
package struct AuthenticationResults: Hashable, Sendable {
    /// One method's result.
    package struct Finding: Hashable, Sendable {
        /// In lower case, as in `spf`.
        package var method: String
        /// In lower case, as in `pass`.
        package var result: String
        package var reason: String?
        /// As in `header.d`, names in lower case; the first of a name counts.
        package var properties: [String: String]
    }

    /// Who says so.
    package let authservID: String
    package let findings: [Finding]

    /// Fields of one identifier that are read at most, and findings of a field.
    static let mostFields = 20
    static let mostFindings = 100
    private static let longestField = 65_536

    /// The fields of a message that bear the identifier, top first; those of anybody else are left alone.
    package static func read(_ message: [UInt8], from authservID: String) -> [AuthenticationResults] {
        let fields = SignedMessage(message).fields(named: "authentication-results").lazy.compactMap {
            AuthenticationResults($0.value)
        }
        let wanted = authservID.lowercased()
        return Array(fields.filter { $0.authservID.lowercased() == wanted }.prefix(mostFields))
    }

    /// Reads the text behind the field's name; `nil` where it makes no sense.
    init?(_ value: some Collection<UInt8>) {
        guard value.count <= Self.longestField, let words = ResultWords.read(value) else { return nil }
        var parts = words.split(separator: .semicolon, omittingEmptySubsequences: false)[...]
        // The identifier, perhaps with a version.
        guard let head = parts.popFirst(), case .text(let identifier)? = head.first, (1...2).contains(head.count) else {
            return nil
        }
        authservID = identifier
        findings = parts.prefix(Self.mostFindings).compactMap(Self.finding)
    }

    /// `method=result`, then `reason=` and properties.
    private static func finding(_ words: ArraySlice<ResultWord>) -> Finding? {
        var words = words
        guard let (method, result) = pair(&words) else { return nil }
        let name = method.lowercased().split(separator: "/").first.map(String.init) ?? ""
        var finding = Finding(method: name, result: result.lowercased(), reason: nil, properties: [:])
        while !words.isEmpty {
            guard let (name, value) = pair(&words) else { return nil }
            let property = name.lowercased()
            if property == "reason" {
                finding.reason = value
            } else if finding.properties[property] == nil {
                finding.properties[property] = value
            }
        }
        return finding
    }

    private static func pair(_ words: inout ArraySlice<ResultWord>) -> (String, String)? {
        guard case .text(let name)? = words.popFirst(), words.popFirst() == .equals,
            case .text(let value)? = words.popFirst()
        else { return nil }
        return (name, value)
    }
}

/// What a field of results is made of.
enum ResultWord: Hashable {
    case text(String)
    case equals
    case semicolon
}

/// Takes a field of results apart; comments go, quoted strings become text.
enum ResultWords {
    static func read(_ value: some Collection<UInt8>) -> [ResultWord]? {
        var words: [ResultWord] = []
        var word: [UInt8]?
        var rest = Array(value)[...]
        func end() {
            if let octets = word { words.append(.text(octets.text)) }
            word = nil
        }
        while let octet = rest.popFirst() {
            switch octet {
            case UInt8(ascii: "("):
                end()
                guard rest.skipComment() else { return nil }
            case UInt8(ascii: "\""):
                guard let quoted = quotedString(&rest) else { return nil }
                if word == nil { word = quoted } else { word?.append(contentsOf: quoted) }
            case UInt8(ascii: "="):
                // Within a value it is a character like others, as in a return path of a list.
                if word == nil || isName(words) {
                    end()
                    words.append(.equals)
                } else {
                    word?.append(octet)
                }
            case Octet.semicolon:
                end()
                words.append(.semicolon)
            case Octet.space, Octet.tab, Octet.cr, Octet.lf:
                end()
            default:
                // In place: a word may be as long as the field.
                if word == nil { word = [octet] } else { word?.append(octet) }
            }
        }
        end()
        return words
    }

    /// Whether the word at hand stands before an equals sign rather than behind one.
    private static func isName(_ words: [ResultWord]) -> Bool { words.last != .equals }

    private static func quotedString(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        var text: [UInt8] = []
        while let octet = rest.popFirst() {
            switch octet {
            case UInt8(ascii: "\""): return text
            case UInt8(ascii: "\\"): if let escaped = rest.popFirst() { text.append(escaped) }
            default: text.append(octet)
            }
        }
        return nil
    }
}
