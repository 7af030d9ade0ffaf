/// A command without its tag, in the parts that a server may have to consent to (RFC 3501 sections 2.2.1 and 4.3).
struct Command: Hashable, Sendable {
    /// What is sent at once; before every further part the server's `+` is waited for.
    private(set) var parts: [[UInt8]] = [[]]
    /// How it is called where its failure is told; never its arguments.
    let name: String

    init(_ name: String) {
        self.name = name
        append(name)
    }

    mutating func append(_ text: String) { parts[parts.count - 1] += text.utf8 }

    /// An argument that may hold anything: quoted where possible, else a literal.
    mutating func append(string octets: [UInt8]) {
        let isPlain = octets.count < 1_000 && octets.allSatisfy { (0x20..<0x7F).contains($0) }
        guard !isPlain else {
            append("\"")
            for octet in octets {
                if octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\") { append("\\") }
                parts[parts.count - 1].append(octet)
            }
            append("\"")
            return
        }
        append("{\(octets.count)}")
        parts.append(octets)
    }

    /// The octets to send, the tag before and the line ends behind.
    func octets(tag: String) -> [[UInt8]] {
        var octets = parts.map { $0 }
        octets[0] = Array("\(tag) ".utf8) + octets[0]
        for index in octets.indices.dropLast() { octets[index] += Array("\r\n".utf8) }
        octets[octets.count - 1] += Array("\r\n".utf8)
        return octets
    }
}

extension Command {
    static func login(user: String, password: String) -> Command {
        var command = Command("LOGIN")
        command.append(" ")
        command.append(string: Array(user.utf8))
        command.append(" ")
        command.append(string: Array(password.utf8))
        return command
    }

    /// SELECT, or EXAMINE where nothing may change.
    static func open(_ folder: [UInt8], readOnly: Bool) -> Command {
        var command = Command(readOnly ? "EXAMINE" : "SELECT")
        command.append(" ")
        command.append(string: folder)
        return command
    }

    static func list(_ pattern: String) -> Command {
        var command = Command("LIST")
        command.append(#" "" "#)
        command.append(string: Array(pattern.utf8))
        return command
    }

    /// COPY or MOVE of messages (RFC 6851).
    static func transfer(_ name: String, _ uids: UIDSet, to folder: [UInt8]) -> Command {
        var command = Command("UID \(name)")
        command.append(" \(uids) ")
        command.append(string: folder)
        return command
    }

    static func create(_ folder: [UInt8]) -> Command {
        var command = Command("CREATE")
        command.append(" ")
        command.append(string: folder)
        return command
    }

    static func words(_ name: String, _ arguments: String) -> Command {
        var command = Command(name)
        command.append(" " + arguments)
        return command
    }
}

/// UIDs as a command names them, runs of them as ranges.
package struct UIDSet: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ uids: [UInt32]) {
        var ranges: [ClosedRange<UInt32>] = []
        for uid in uids.sorted() {
            if let last = ranges.last, last.upperBound &+ 1 >= uid {
                ranges[ranges.count - 1] = last.lowerBound...max(uid, last.upperBound)
            } else {
                ranges.append(uid...uid)
            }
        }
        description = ranges.map {
            $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound):\($0.upperBound)"
        }.joined(separator: ",")
    }

    /// From a UID to another, or to the last there is (`*`).
    package init(from first: UInt32, to last: UInt32?) { description = "\(first):" + (last.map(String.init) ?? "*") }
}
