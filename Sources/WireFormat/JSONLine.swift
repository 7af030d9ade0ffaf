import FoundationEssentials

/// One object on one line, keys in `snake_case`.
package enum JSONLine {
    /// `convertingKeys`: whether names of properties are to be rewritten; what is encoded by the thousand gives its keys as
    /// they are to be, since that is a good part of the work.
    package static func encode(_ value: some Encodable, convertingKeys: Bool = true) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = convertingKeys ? .convertToSnakeCase : .useDefaultKeys
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
