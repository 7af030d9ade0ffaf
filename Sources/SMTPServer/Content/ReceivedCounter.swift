/// Counts Received fields in the header, to stop mail that goes round in circles.
struct ReceivedCounter {
    private static let name = Array("received:".utf8)
    private(set) var count = 0
    private var isHeader = true
    private var column = 0
    private var matched = 0

    /// Takes a piece of the message, dots already taken off.
    mutating func scan(_ bytes: UnsafeRawBufferPointer) {
        guard isHeader else { return }
        for octet in bytes {
            if octet == 0x0A {
                if column == 0 {
                    isHeader = false
                    return
                }
                column = 0
                matched = 0
            } else if octet != 0x0D {
                if column == matched, matched < Self.name.count, octet | 0x20 == Self.name[matched] | 0x20 {
                    matched += 1
                    if matched == Self.name.count { count += 1 }
                }
                column += 1
            }
        }
    }
}
