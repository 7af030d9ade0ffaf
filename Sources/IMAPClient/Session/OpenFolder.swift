/// What is known of the folder that is open, kept up to date by what the server says untagged.
package struct OpenFolder: Hashable, Sendable {
    package private(set) var uidValidity: UInt32?
    package private(set) var uidNext: UInt32?
    package private(set) var exists: UInt32 = 0
    package private(set) var isReadOnly: Bool
    private var flags: [String] = []
    private var permanentFlags: [String]?
    /// Counts what came to be there since somebody looked.
    package private(set) var arrivals = 0

    init(readOnly: Bool) { isReadOnly = readOnly }

    mutating func take(_ response: Response) {
        switch response {
        case .exists(let count):
            if count > exists { arrivals += 1 }
            exists = count
        case .expunge: exists = exists > 0 ? exists - 1 : 0
        case .flags(let flags): self.flags = flags
        case .condition(let condition), .tagged(_, let condition): take(condition)
        default: break
        }
    }

    private mutating func take(_ condition: Condition) {
        switch condition.code {
        case .uidValidity(let value): uidValidity = value
        case .uidNext(let value): uidNext = value > 0 ? value : nil
        case .permanentFlags(let flags): permanentFlags = flags
        case .readOnly: isReadOnly = true
        case .readWrite, .capability, .tryCreate, .alert, .other, nil: break
        }
    }

    /// Whether a flag or keyword set here stays (RFC 3501 section 7.1, PERMANENTFLAGS).
    package func keeps(_ flag: String) -> Bool {
        guard !isReadOnly else { return false }
        guard let permanentFlags else { return true }
        let isKnown = permanentFlags.contains { $0.lowercased() == flag.lowercased() }
        return isKnown || !flag.hasPrefix("\\") && permanentFlags.contains("\\*")
    }
}
