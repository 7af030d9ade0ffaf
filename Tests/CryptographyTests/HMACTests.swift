import Cryptography
import Testing

/// A test case of RFC 4231 section 4.
struct HMACVector: Sendable, CustomTestStringConvertible {
    var number: Int
    var key: [UInt8]
    var message: [UInt8]
    var hex: String
    var testDescription: String { "RFC 4231 test case \(number)" }
}

@Suite("HMAC-SHA-256")
struct HMACTests {
    static let vectors = [
        HMACVector(
            number: 1, key: [UInt8](repeating: 0x0B, count: 20), message: Array("Hi There".utf8),
            hex: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        HMACVector(
            number: 2, key: Array("Jefe".utf8), message: Array("what do ya want for nothing?".utf8),
            hex: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        HMACVector(
            number: 3, key: [UInt8](repeating: 0xAA, count: 20), message: [UInt8](repeating: 0xDD, count: 50),
            hex: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        HMACVector(
            number: 4, key: Array(1...25), message: [UInt8](repeating: 0xCD, count: 50),
            hex: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        HMACVector(
            number: 6, key: [UInt8](repeating: 0xAA, count: 131),
            message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            hex: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
    ]

    @Test("the code of a message is the published one", arguments: vectors)
    func authenticates(_ vector: HMACVector) {
        let code = HMACSHA256.authenticate(vector.message, key: vector.key)
        #expect(Hexadecimal.encode(code) == vector.hex)
        #expect(HMACSHA256.verify(code, of: vector.message, key: vector.key))
        #expect(!HMACSHA256.verify(code, of: vector.message + [0], key: vector.key))
        #expect(!HMACSHA256.verify(Array(code.dropLast()), of: vector.message, key: vector.key))
    }

    @Test(
        "octets are equal only when all of them are",
        arguments: [
            ([], [], true), ([1], [1], true), ([1], [2], false), ([1, 2], [1, 3], false), ([1], [1, 2], false),
        ] as [([UInt8], [UInt8], Bool)])
    func compares(_ left: [UInt8], _ right: [UInt8], _ equal: Bool) {
        #expect(equalInConstantTime(left, right) == equal)
    }
}
