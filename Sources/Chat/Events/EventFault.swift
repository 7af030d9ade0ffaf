/// Why the body of a webhook cannot be used.
package enum EventFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// No JSON that is read here (400).
    case notJSON(String)
    /// JSON of another form than the one agreed on (422).
    case unfit(path: String, expected: String)

    package var description: String {
        switch self {
        case .notJSON(let reason): "the body is not JSON: \(reason)"
        case .unfit(let path, let expected): "\(path): expected \(expected)"
        }
    }

    /// The fault at a place of the body, such as `$.data.messages[3].at`.
    init(at path: [any CodingKey], expected: String) {
        let steps = path.map { key in key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)" }
        self = .unfit(path: "$" + steps.joined(), expected: expected)
    }
}
