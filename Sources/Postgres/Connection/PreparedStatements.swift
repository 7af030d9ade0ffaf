/// A statement as it is sent: its text, its values, and its name on the server when it has one.
struct BoundStatement {
    var text: String
    var parameters: ParameterBuffer
    var name: String?
    /// Whether the server has to be told the name first.
    var isNew = false
}

/// Which statements have a name on the server: planning each time would cost more than running most of ours.
struct PreparedStatements {
    /// The same text with other types of parameters is another statement.
    private struct Key: Hashable {
        var text: String
        var types: [UInt32]

        init(_ statement: BoundStatement) {
            text = statement.text
            types = statement.parameters.types
        }
    }

    /// Beyond it all are forgotten and prepared anew.
    private static let limit = 256

    private var names: [Key: String] = [:]
    private var namesOnServer = 0
    private var namesEver = 0

    /// Whether the server should forget all names before it learns another one.
    var isFull: Bool { namesOnServer >= Self.limit }

    /// Gives the statement the name it has, or a new one that is to be told to the server before it is used.
    mutating func name(_ statement: inout BoundStatement) {
        let key = Key(statement)
        if let name = names[key] {
            statement.name = name
            return
        }
        namesEver += 1
        namesOnServer += 1
        statement.name = "s\(namesEver)"
        statement.isNew = true
        names[key] = statement.name
    }

    /// The server may not have learned the name.
    mutating func forget(_ statement: BoundStatement) { names[Key(statement)] = nil }

    /// The plans are out of date; their names stay taken on the server.
    mutating func forgetAll() { names.removeAll() }

    /// The server has forgotten all names.
    mutating func reset() {
        names.removeAll()
        namesOnServer = 0
    }
}
