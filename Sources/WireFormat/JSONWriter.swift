/// Writes values into one buffer as they encode themselves.
///
/// Foundation's encoder makes a tree of boxes first and looks at each key several times: that is more work than reading a
/// mail.
final class JSONWriter: Encoder {
    private(set) var octets: [UInt8] = []
    /// Objects and arrays that are not closed, the outermost first.
    private var open: [Composite] = []
    private var keepsKeys = false

    private struct Composite {
        /// Where it begins; the members of an object are written behind each other from here on.
        var start: Int
        /// `nil` for an array.
        var members: [Member]?
        /// Elements of an array.
        var count = 0
        /// Whether its keys are data, and stay as they are.
        var keepsKeys = false
    }

    /// Where a member begins, and where its key ends.
    private struct Member {
        var start: Int
        var keyEnd: Int
    }

    func write(_ text: String) { octets.appendJSON(text) }

    func write(_ truth: Bool) { octets += (truth ? "true" : "false").utf8 }

    func write(_ number: some BinaryInteger) { octets += String(number).utf8 }

    func write(_ number: some BinaryFloatingPoint) throws {
        let number = Double(number)
        guard number.isFinite else {
            throw EncodingError.invalidValue(number, .init(codingPath: [], debugDescription: "JSON has no \(number)"))
        }
        let digits = number.description
        octets += (digits.hasSuffix(".0") ? digits.dropLast(2) : digits[...]).utf8
    }

    func write(encoded value: some Encodable) throws {
        let depth = open.count
        keepsKeys = value is any StringKeyed
        try value.encode(to: self)
        close(to: depth)
    }

    func writeNull() { octets += "null".utf8 }

    /// Opens an object and gives its depth.
    func openObject() -> Int {
        open.append(Composite(start: octets.count, members: [], keepsKeys: keepsKeys))
        return open.count - 1
    }

    /// Opens an array and gives its depth.
    func openArray() -> Int {
        open.append(Composite(start: octets.count))
        octets.append(UInt8(ascii: "["))
        return open.count - 1
    }

    /// Elements so far of the array at a depth.
    func count(at depth: Int) -> Int { open[depth].count }

    /// Writes the key of the next member of the object at a depth.
    func beginMember(_ key: String, at depth: Int) {
        close(to: depth + 1)
        let start = octets.count
        if open[depth].keepsKeys { octets.appendJSON(key) } else { octets.appendJSON(key: key) }
        open[depth].members?.append(Member(start: start, keyEnd: octets.count - 1))
        octets.append(UInt8(ascii: ":"))
    }

    /// Sets the next element of the array at a depth off from those before it.
    func beginElement(at depth: Int) {
        close(to: depth + 1)
        if open[depth].count > 0 { octets.append(UInt8(ascii: ",")) }
        open[depth].count += 1
    }

    private func close(to depth: Int) {
        while open.count > depth, let last = open.popLast() {
            if let members = last.members {
                close(members, from: last.start)
            } else {
                octets.append(UInt8(ascii: "]"))
            }
        }
    }

    /// Puts the members of an object in the order of their keys.
    private func close(_ members: [Member], from start: Int) {
        let text = octets[start...]
        let ends = members.dropFirst().map(\.start) + [text.endIndex]
        let sorted = zip(members, ends).sorted {
            text[$0.0.start..<$0.0.keyEnd].lexicographicallyPrecedes(text[$1.0.start..<$1.0.keyEnd])
        }
        var object: [UInt8] = []
        object.reserveCapacity(text.count + members.count + 2)
        for (member, end) in sorted {
            object.append(UInt8(ascii: object.isEmpty ? "{" : ","))
            object += text[member.start..<end]
        }
        if members.isEmpty { object.append(UInt8(ascii: "{")) }
        object.append(UInt8(ascii: "}"))
        octets.replaceSubrange(start..., with: object)
    }
}

/// A dictionary whose keys are data rather than names of ours.
private protocol StringKeyed {}

extension Dictionary: StringKeyed where Key == String {}
