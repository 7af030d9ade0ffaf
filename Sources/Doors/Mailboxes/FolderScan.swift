import IMAPClient

/// Which UIDs are listed next, in windows that keep a folder of any size out of memory.
///
/// A window without mail is followed by one twice as wide, since UIDs may have gaps of millions. A value without
/// connection.
struct FolderScan: Hashable, Sendable {
    static let firstWindow: UInt32 = 512
    /// Messages that one listing takes in, at most.
    static let entryLimit = 2_048

    private var next: UInt32
    /// The first UID that was not given when the folder was opened; `nil` when the server did not say.
    private let uidNext: UInt32?
    private var window = firstWindow
    private var isAtEnd = false

    init(after uid: UInt32, uidNext: UInt32?) {
        next = uid == .max ? uid : uid + 1
        isAtEnd = uid == .max
        self.uidNext = uidNext
    }

    /// The range to list; without a last UID to the end.
    ///
    /// `nil` when all is listed.
    var range: (first: UInt32, last: UInt32?)? {
        guard !isAtEnd else { return nil }
        guard let uidNext, next < uidNext else { return (next, nil) }
        return (next, min(next.saturatingAdd(window - 1), uidNext - 1))
    }

    /// Takes in what the range brought; gives back the UID up to which everything is known.
    mutating func took(_ entries: [MessageEntry]) -> UInt32? {
        guard let range else { return nil }
        let isCut = entries.count >= Self.entryLimit
        let known = isCut ? entries.last?.uid : range.last ?? entries.last?.uid
        window = entries.isEmpty ? window.saturatingAdd(window) : Self.firstWindow
        if let known, known < .max { next = max(next, known + 1) }
        isAtEnd = known == .max || range.last == nil && !isCut
        return known
    }
}

extension UInt32 {
    fileprivate func saturatingAdd(_ other: UInt32) -> UInt32 {
        let (sum, isOver) = addingReportingOverflow(other)
        return isOver ? .max : sum
    }
}
