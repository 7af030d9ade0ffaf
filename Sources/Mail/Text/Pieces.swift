/// Stretches of octets that belong together, one after the other; no list of them is made, as every word is one.
struct Pieces: Sequence, IteratorProtocol {
    private let octets: ArraySlice<UInt8>
    private let belongs: (UInt8) -> Bool
    private var index: Int

    init(of octets: ArraySlice<UInt8>, where belongs: @escaping (UInt8) -> Bool) {
        (self.octets, self.belongs) = (octets, belongs)
        index = octets.startIndex
    }

    mutating func next() -> ArraySlice<UInt8>? {
        while index < octets.endIndex, !belongs(octets[index]) { index += 1 }
        let start = index
        while index < octets.endIndex, belongs(octets[index]) { index += 1 }
        return start < index ? octets[start..<index] : nil
    }
}
