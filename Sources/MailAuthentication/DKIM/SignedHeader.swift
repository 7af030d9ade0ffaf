import Cryptography

/// The octets that a signature is over (RFC 6376 section 3.7).
enum SignedHeader {
    /// The named fields, the lowest of a name first, each once, and then the signature's own field without its value.
    static func octets(
        of message: SignedMessage, names: [String], _ form: Canonicalization, signatureField: ArraySlice<UInt8>
    ) -> [UInt8] {
        var places: [String: [Int]] = [:]
        let wanted = Set(names)
        for (place, field) in message.fields.enumerated() where wanted.contains(field.name) {
            places[field.name, default: []].append(place)
        }
        var octets: [UInt8] = []
        for name in names {
            // A name without a field left signs that there is none.
            guard let place = places[name]?.popLast() else { continue }
            octets += form.header(message.fields[place].octets)
        }
        return octets + form.header(withoutSignature(signatureField)).dropLast(2)
    }

    /// What is signed: the octets themselves for RSA, their digest for Ed25519 (RFC 8463 section 3).
    static func signable(_ octets: [UInt8], _ kind: KeyKind) -> [UInt8] {
        kind == .rsa ? octets : SHA256.hash(octets).bytes
    }

    /// The field with nothing between `b=` and the next semicolon.
    static func withoutSignature(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let colon = field.firstIndex(of: Octet.colon) else { return field }
        var start = colon + 1
        while start < field.endIndex {
            let end = field[start...].firstIndex(of: Octet.semicolon) ?? field.endIndex
            if let sign = field[start..<end].firstIndex(of: UInt8(ascii: "=")),
                field[start..<sign].trimmed.elementsEqual("b".utf8)
            {
                return field[...sign] + field[end...]
            }
            start = end + 1
        }
        return field
    }
}
