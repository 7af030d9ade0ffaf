/// What one who handed the message on added to it (RFC 8617 section 4.2).
struct ARCSet {
    let instance: Int
    let results: SignedMessage.Field
    let messageSignature: SignedMessage.Field
    let seal: SignedMessage.Field

    /// Sets at most (section 4.2.1).
    static let most = 50

    private static let names = ["arc-authentication-results", "arc-message-signature", "arc-seal"]

    /// The sets of a message, the oldest first; none where it was never sealed.
    static func chain(of message: SignedMessage) throws(DKIMDefect) -> [ARCSet] {
        var found: [[Int: SignedMessage.Field]] = names.map { _ in [:] }
        for (place, name) in names.enumerated() {
            let fields = message.fields(named: name)
            guard fields.count <= most else { throw .failed("there are more than \(most) sets") }
            for field in fields {
                guard let instance = instance(of: field), (1...most).contains(instance),
                    found[place].updateValue(field, forKey: instance) == nil
                else { throw .failed("the instances are not in order") }
            }
        }
        var sets: [ARCSet] = []
        for instance in 0..<found[2].count {
            guard let results = found[0][instance + 1], let signature = found[1][instance + 1],
                let seal = found[2][instance + 1]
            else { throw .failed("a set is not whole") }
            sets.append(
                ARCSet(instance: instance + 1, results: results, messageSignature: signature, seal: seal))
        }
        guard found.allSatisfy({ $0.count == sets.count }) else { throw .failed("a set is not whole") }
        return sets
    }

    /// The number in `i=`, which in the results is all that stands before the first semicolon.
    private static func instance(of field: SignedMessage.Field) -> Int? {
        let tags =
            field.name == names[0] ? TagList(field.value.prefix { $0 != Octet.semicolon }) : TagList(field.value)
        return tags?.number("i").map { Int($0) }
    }

    /// What the sealer found out about the message when it came.
    var sealer: ARCVerdict.Sealer {
        let text = results.value.drop { $0 != Octet.semicolon }.dropFirst()
        let dmarc = AuthenticationResults(text)?.findings.first { $0.method == "dmarc" }
        return ARCVerdict.Sealer(
            instance: instance, domain: TagList(seal.value)?["d"]?.lowercased() ?? "", dmarc: dmarc?.result,
            fromDomain: dmarc?.properties["header.from"]?.lowercased())
    }
}
