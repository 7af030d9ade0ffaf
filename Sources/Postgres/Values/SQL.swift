/// A statement with its values bound: `"SELECT … WHERE id = \(id)"` sends `id` as a typed binary parameter.
///
/// Text only enters a statement through `\(unsafe:)`. Statements nest: `"WITH x AS (\(other)) …"` keeps the parameters.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// What stands before, between and behind the parameters: one more than there are parameters.
    private var fragments: [String]
    private(set) var parameters: ParameterBuffer

    package init(stringLiteral text: String) {
        fragments = [text]
        parameters = ParameterBuffer()
    }

    package init(stringInterpolation: StringInterpolation) { self = stringInterpolation.statement }

    /// A statement whose text is data of ours, such as a migration.
    package init(unsafe text: String) { self.init(stringLiteral: text) }

    /// The text with `$1`, `$2` … where the parameters are.
    package var text: String {
        var text = fragments[0]
        for (index, fragment) in fragments.dropFirst().enumerated() {
            text += "$\(index + 1)"
            text += fragment
        }
        return text
    }

    package static func + (left: Self, right: Self) -> Self {
        var statement = left
        statement.append(right)
        return statement
    }

    private mutating func append(text: String) { fragments[fragments.count - 1] += text }

    private mutating func append(_ value: some PostgresEncodable) {
        parameters.append(value)
        fragments.append("")
    }

    private mutating func append(_ other: SQL) {
        append(text: other.fragments[0])
        fragments += other.fragments.dropFirst()
        parameters.append(other.parameters)
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var statement = SQL(stringLiteral: "")

        package init(literalCapacity: Int, interpolationCount: Int) {
            statement.fragments.reserveCapacity(interpolationCount + 1)
        }

        package mutating func appendLiteral(_ literal: String) { statement.append(text: literal) }
        package mutating func appendInterpolation(_ value: some PostgresEncodable) { statement.append(value) }
        package mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value?) { statement.append(value) }
        package mutating func appendInterpolation(_ other: SQL) { statement.append(other) }
        package mutating func appendInterpolation(unsafe text: String) { statement.append(text: text) }
    }
}

/// The parameters of a statement in the binary format, one behind the other.
struct ParameterBuffer: Sendable {
    private(set) var types: [UInt32] = []
    /// Where each value stands in `octets`; `nil` is NULL.
    private(set) var ranges: [Range<Int>?] = []
    private(set) var octets: [UInt8] = []

    var count: Int { types.count }

    mutating func append<Value: PostgresEncodable>(_ value: Value) {
        types.append(Value.type.oid)
        guard !value.isNull else {
            ranges.append(nil)
            return
        }
        let start = octets.count
        value.encode(into: &octets)
        ranges.append(start..<octets.count)
    }

    mutating func append(_ other: ParameterBuffer) {
        types += other.types
        let shift = octets.count
        ranges += other.ranges.map { $0.map { $0.lowerBound + shift..<$0.upperBound + shift } }
        octets += other.octets
    }
}
