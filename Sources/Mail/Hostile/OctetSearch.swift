import Foundation

/// Looking for octets at the speed of the C library.
enum OctetSearch {
    /// Where two octets stand behind each other, from a place on; the count where they do not.
    static func first(
        _ one: UInt8, _ two: UInt8, in octets: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> Int {
        var index = start
        while index < octets.count {
            index = first(one, in: octets, from: index)
            if index + 1 >= octets.count { return octets.count }
            if octets[index + 1] == two { return index }
            index += 1
        }
        return octets.count
    }

    /// Behind the end of the line.
    static func lineEnd(_ octets: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        min(octets.count, first(0x0A, in: octets, from: start) + 1)
    }

    /// Where an octet stands, from a place on; the count where it does not.
    static func first(_ octet: UInt8, in octets: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let rest = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(octets)[start...])
        guard let base = rest.baseAddress, let found = memchr(base, Int32(octet), rest.count) else {
            return octets.count
        }
        return start + (UnsafeRawPointer(found) - base)
    }
}
