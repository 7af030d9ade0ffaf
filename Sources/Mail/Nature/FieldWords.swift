/// Words of a structured header field: without comments (RFC 5322 section 3.2.2), in lower case.
enum FieldWords {
    static func all(_ value: String) -> [Substring] {
        withoutComments(value).split { $0 == "," || $0 == ";" || $0.isWhitespace }
    }

    /// What stands before the first parameter.
    static func keyword(_ value: String) -> String {
        withoutComments(value).split(separator: ";", omittingEmptySubsequences: false).first.map {
            Repair.line(String($0))
        } ?? ""
    }

    private static func withoutComments(_ value: String) -> String {
        var depth = 0
        var isQuoted = false
        return value.lowercased().filter { character in
            defer { isQuoted = !isQuoted && character == "\\" }
            guard !isQuoted else { return depth == 0 }
            if character == "(" { depth += 1 }
            guard character == ")" else { return depth == 0 }
            depth = max(0, depth - 1)
            return false
        }
    }
}
