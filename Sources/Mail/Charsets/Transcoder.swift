import Foundation

/// Text of a charset as UTF-8, by iconv(3); owns the converter for as long as it is used.
struct Transcoder: ~Copyable {
    /// Text, and whether every octet meant something.
    struct Result {
        var text: [UInt8]
        var isSound: Bool
    }

    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]
    private let converter: iconv_t

    init?(from name: String) {
        guard let opened = iconv_open("UTF-8", name), opened != iconv_t(bitPattern: -1) else { return nil }
        converter = opened
    }

    deinit { iconv_close(converter) }

    static func knows(_ name: String) -> Bool { Transcoder(from: name) != nil }

    /// The text; octets that mean nothing become U+FFFD.
    func text(of octets: ArraySlice<UInt8>) -> Result {
        var input = octets.map(CChar.init(bitPattern:))
        var output = [CChar](repeating: 0, count: min(64 << 10, 64 + 2 * octets.count))
        var result = Result(text: [], isSound: true)
        input.withUnsafeMutableBufferPointer { input in
            var source = input.baseAddress
            var left = input.count
            while left > 0 {
                let failure = step(&source, &left, into: &output, &result.text)
                guard failure == EILSEQ || failure == EINVAL else { continue }
                result.isSound = false
                result.text += Self.replacement
                source = source?.advanced(by: 1)
                left -= 1
            }
        }
        return result
    }

    /// Converts until the output is full or an octet means nothing; the error, 0 for none.
    private func step(
        _ source: inout UnsafeMutablePointer<CChar>?, _ left: inout Int, into output: inout [CChar],
        _ text: inout [UInt8]
    ) -> Int32 {
        output.withUnsafeMutableBufferPointer { output in
            var target = output.baseAddress
            var room = output.count
            let code = iconv(converter, &source, &left, &target, &room)
            let failure = code == -1 ? errno : 0
            text += output.prefix(output.count - room).lazy.map(UInt8.init(bitPattern:))
            return failure
        }
    }
}
