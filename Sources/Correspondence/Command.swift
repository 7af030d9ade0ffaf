package import CVR

/// What one of our own people orders by answering a mail of ours, on a line of its own.
///
/// `CVR 12345678` says which company a mail belongs to, `forkert firma 12345678` (`wrong company 12345678`) that it is
/// another one. Sentences that only speak of a number order nothing.
package enum Command: Hashable, Sendable {
    case link(CVRNumber)

    /// A command that was meant and cannot be followed.
    package enum Fault: Error, Hashable, Sendable {
        /// As written.
        case notACVRNumber(String)
        case ownNumber(CVRNumber)
        case missingNumber
        case severalNumbers([CVRNumber])
        /// Nothing proves well enough who gave it.
        case unproved
    }

    /// Lines that are looked at; who orders something says so first.
    private static let lineLimit = 20

    /// The command of a reply's new text, or `nil` when it holds none; our own numbers name no customer.
    package static func read(in text: String, own: Set<CVRNumber>) throws(Fault) -> Command? {
        var numbers: [CVRNumber] = []
        for line in text.split(separator: "\n").prefix(lineLimit) {
            guard let written = number(orderedBy: line) else { continue }
            guard let digits = digits(of: written) else { throw .missingNumber }
            guard let number = CVRNumber(digits) else { throw .notACVRNumber(written.joined(separator: " ")) }
            if own.contains(number) { throw .ownNumber(number) }
            if !numbers.contains(number) { numbers.append(number) }
        }
        guard numbers.count < 2 else { throw .severalNumbers(numbers) }
        return numbers.first.map { .link($0) }
    }

    private static let names: Set = ["cvr", "cvr-nr", "cvrnr", "cvr-nummer", "cvrnummer", "cvr-no"]
    /// What may stand between the name and the number; alone it may stand before a telephone number.
    private static let labels = names.union(["nr", "nummer", "no", "number", "dk"])
    private static let corrections = [["forkert", "firma"], ["wrong", "company"]]

    /// The words behind the command of a line; `nil` when it orders nothing.
    ///
    /// Behind `CVR` only a number makes it one; behind `forkert firma` a number is missing when there is none.
    private static func number(orderedBy line: Substring) -> [String]? {
        var words = line.lowercased().split { " \t\r:.,;!*".contains($0) }.map(String.init)
        let isCorrection = corrections.contains { words.starts(with: $0) }
        if isCorrection { words.removeFirst(2) }
        let isLabelled = words.first.map { names.contains($0) } ?? false
        while let word = words.first, labels.contains(word) { words.removeFirst() }
        guard isCorrection || isLabelled && !words.isEmpty else { return nil }
        return isCorrection || digits(of: words) != nil ? words : nil
    }

    /// `12 34 56 78`, `12345678`, `dk12345678`; `nil` when anything else stands there.
    private static func digits(of words: [String]) -> String? {
        let joined = words.joined().filter { $0 != "-" }
        let digits = joined.hasPrefix("dk") ? String(joined.dropFirst(2)) : joined
        return !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? digits : nil
    }
}
