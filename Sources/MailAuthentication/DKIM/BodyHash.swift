import Cryptography

/// The digest of a canonical body (RFC 6376 sections 3.4.3 to 3.4.5), line by line and without a copy of it.
struct BodyHash {
    private let form: Canonicalization
    /// Octets still to be hashed: what `l=` leaves.
    private var left: Int
    private var hasher = SHA256()
    /// Empty lines that count only if another line follows.
    private var emptyLines = 0
    /// Canonical octets waiting to be hashed together.
    private var buffer: [UInt8] = []
    /// Octets of the whole canonical body.
    private(set) var length = 0

    private init(_ form: Canonicalization, limit: Int?) {
        self.form = form
        left = limit ?? .max
        buffer.reserveCapacity(32_768)
    }

    /// The digest, up to the limit, and the length of the whole canonical body.
    static func of(
        _ body: ArraySlice<UInt8>, _ form: Canonicalization, limit: Int? = nil
    ) -> (digest: [UInt8], length: Int) {
        var hash = BodyHash(form, limit: limit)
        return body.withUnsafeBufferPointer { octets in
            var start = 0
            while start < octets.count {
                let end = octets[start...].firstIndex(of: Octet.lf) ?? octets.count
                var line = octets[start..<end]
                // Of the last line without an end, a CR is content.
                if end < octets.count, line.last == Octet.cr { line = line.dropLast() }
                hash.take(line)
                start = end + 1
            }
            return hash.finish()
        }
    }

    private mutating func take(_ line: Slice<UnsafeBufferPointer<UInt8>>) {
        var line = line
        if form == .relaxed { while let last = line.last, Octet.isBlank(last) { line = line.dropLast() } }
        if line.isEmpty {
            emptyLines += 1
            return
        }
        flushEmptyLines()
        switch form {
        case .simple: append(line)
        case .relaxed: appendRelaxed(line)
        }
        appendLineEnd()
    }

    private mutating func finish() -> (digest: [UInt8], length: Int) {
        // An empty body is one line end to `simple` and nothing to `relaxed`.
        if length + buffer.count == 0, form == .simple { appendLineEnd() }
        flush()
        return (hasher.finalize().bytes, length)
    }

    private mutating func flushEmptyLines() {
        for _ in 0..<emptyLines { appendLineEnd() }
        emptyLines = 0
    }

    private mutating func appendRelaxed(_ line: Slice<UnsafeBufferPointer<UInt8>>) {
        var wasBlank = false
        for octet in line {
            let isBlank = Octet.isBlank(octet)
            if !isBlank { buffer.append(octet) } else if !wasBlank { buffer.append(Octet.space) }
            wasBlank = isBlank
        }
    }

    private mutating func append(_ line: Slice<UnsafeBufferPointer<UInt8>>) { buffer.append(contentsOf: line) }

    private mutating func appendLineEnd() {
        buffer.append(Octet.cr)
        buffer.append(Octet.lf)
        if buffer.count >= 16_384 { flush() }
    }

    private mutating func flush() {
        length += buffer.count
        hasher.update(buffer.prefix(left))
        left -= min(left, buffer.count)
        buffer.removeAll(keepingCapacity: true)
    }
}
