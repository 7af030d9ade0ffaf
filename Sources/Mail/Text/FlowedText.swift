/// Text whose lines were broken for sending (RFC 3676).
enum FlowedText {
    static func unflow(_ text: [UInt8], deletesSpace: Bool) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var previousDepth = 0
        var joins = false
        for (number, line) in TextLine.lines(of: text).enumerated() {
            let depth = line.octets.prefix { $0 == UInt8(ascii: ">") }.count
            var rest = line.octets.dropFirst(depth)
            // One space is stuffed before a line that begins with a space, `>` or "From ".
            if rest.first == 0x20 { rest = rest.dropFirst() }
            let isSeparator = rest.elementsEqual("-- ".utf8)
            if joins && depth == previousDepth && !isSeparator {
                if deletesSpace { result.removeLast() }
            } else if number > 0 {
                result.append(UInt8(ascii: "\n"))
            }
            if !(joins && depth == previousDepth && !isSeparator), depth > 0 {
                result.append(contentsOf: repeatElement(UInt8(ascii: ">"), count: depth))
                result.append(0x20)
            }
            result.append(contentsOf: rest)
            joins = rest.last == 0x20 && !isSeparator
            previousDepth = depth
        }
        return Repair.composed(result)
    }
}
