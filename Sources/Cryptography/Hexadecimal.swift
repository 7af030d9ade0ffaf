/// Hexadecimal digits (RFC 4648 section 8), in lower case.
package enum Hexadecimal {
    /// Two digits for each octet.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { digits in
            var position = 0
            for byte in bytes {
                digits.initializeElement(at: position, to: digit(byte >> 4))
                digits.initializeElement(at: position + 1, to: digit(byte & 0x0F))
                position += 2
            }
            return position
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
