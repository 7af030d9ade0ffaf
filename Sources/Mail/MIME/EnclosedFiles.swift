/// Files that stand in the text of a mail itself: uuencode (POSIX.1-2017, uuencode) and yEnc (yEnc 1.3).
///
/// What is uuencoded is decoded, as every reader did; yEnc is left as it stands and given as a file of its own, as it is
/// no text. Lines that only begin so stay text.
struct EnclosedFiles {
    struct File {
        var name: String?
        var contentType: String
        var octets: [UInt8]
    }

    /// Files of one text.
    private static let limit = 100

    /// The text without the files.
    private(set) var text: [UInt8] = []
    private(set) var files: [File] = []

    /// `nil` for a text that holds none.
    init?(_ octets: [UInt8]) {
        guard octets.contains(octets: "begin ".utf8), LineBound.holds(for: octets) else { return nil }
        let lines = octets.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        var index = 0
        while index < lines.count {
            if files.count < Self.limit, let (file, end) = Self.file(in: lines, at: index) {
                files.append(file)
                index = end
                continue
            }
            if index > 0 { text.append(UInt8(ascii: "\n")) }
            text += lines[index]
            index += 1
        }
        if files.isEmpty { return nil }
    }

    /// The file that begins at a line, and the line behind its end.
    private static func file(in lines: [ArraySlice<UInt8>], at start: Int) -> (File, Int)? {
        let line = lines[start].trimmingSpacesAtEnd
        if line.starts(with: "=ybegin ".utf8) { return yEncoded(in: lines, at: start, line) }
        let words = line.split(separator: 0x20, maxSplits: 2)
        guard line.starts(with: "begin ".utf8), words.count == 3, (3...4).contains(words[1].count),
            words[1].allSatisfy({ (0x30...0x37).contains($0) }),
            let (octets, end) = Uuencode.decode(lines, from: start + 1)
        else { return nil }
        let name = FileNames.plain(Array(words[2].trimmingSpaces))
        return (File(name: name, contentType: "application/octet-stream", octets: octets), end)
    }

    private static func yEncoded(
        in lines: [ArraySlice<UInt8>], at start: Int, _ head: ArraySlice<UInt8>
    ) -> (File, Int)? {
        guard head.contains(octets: " line=".utf8), head.contains(octets: " size=".utf8) else { return nil }
        let last = lines[start...].firstIndex { $0.starts(with: "=yend".utf8) } ?? lines.count - 1
        let octets = Array(lines[start...last].joined(separator: [UInt8(ascii: "\n")]))
        // The name comes last and may hold spaces.
        let words = head.string.split(separator: " name=", maxSplits: 1)
        let name = words.count == 2 ? FileNames.plain(Array(words[1].utf8)) : nil
        return (File(name: name, contentType: "application/x-yenc", octets: octets), last + 1)
    }
}

/// How many lines a text may have to be taken apart into them: each costs as much memory as half a line of it.
enum LineBound {
    private static let limit = 1_000_000

    static func holds(for octets: [UInt8]) -> Bool {
        octets.reduce(into: 0) { count, octet in if octet == UInt8(ascii: "\n") { count += 1 } } <= limit
    }
}

/// Lines of three octets in four characters from 0x20 on, each line led by its length.
enum Uuencode {
    /// The octets of the lines up to `end`, and the line behind it; `nil` when a line is none of the kind.
    static func decode(_ lines: [ArraySlice<UInt8>], from start: Int) -> ([UInt8], Int)? {
        var octets: [UInt8] = []
        var index = start
        while index < lines.count {
            let line = lines[index].last == 0x0D ? lines[index].dropLast() : lines[index]
            if line.trimmingSpacesAtEnd.elementsEqual("end".utf8) { return octets.isEmpty ? nil : (octets, index + 1) }
            index += 1
            guard let lead = line.first, lead != 0x60, lead != 0x20 else { continue }
            guard append(line, to: &octets) else { return nil }
        }
        return octets.isEmpty ? nil : (octets, index)
    }

    private static func append(_ line: ArraySlice<UInt8>, to octets: inout [UInt8]) -> Bool {
        guard line.allSatisfy({ (0x20...0x60).contains($0) }), let lead = line.first else { return false }
        let count = Int(lead - 0x20) & 63
        let length = (count + 2) / 3 * 4
        // Spaces at the end may be cut off on the way, and a check character may stand there.
        guard line.count - 1 <= length + 1, line.count - 1 > length - 4 else { return false }
        var values = line.dropFirst().prefix(length).map { ($0 - 0x20) & 63 }
        values += repeatElement(0, count: length - values.count)
        var decoded: [UInt8] = []
        for index in stride(from: 0, to: length, by: 4) {
            decoded.append(values[index] << 2 | values[index + 1] >> 4)
            decoded.append(values[index + 1] << 4 | values[index + 2] >> 2)
            decoded.append(values[index + 2] << 6 | values[index + 3])
        }
        octets += decoded.prefix(count)
        return true
    }
}
