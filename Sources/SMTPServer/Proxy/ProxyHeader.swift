import Hosts

/// The header of the PROXY protocol, version 2: what a load balancer says of the connection it passes on.
enum ProxyHeader: Equatable {
    /// The balancer itself looks whether the server is there.
    case local
    /// The address of who is behind it.
    case proxied(String)

    /// No header of version 2, or one that says nothing of use here.
    struct Invalid: Error {}

    private static let signature: [UInt8] = [
        0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
    ]
    private static let fixedLength = 16
    /// Octets behind the fixed part: addresses, and what else a balancer likes to tell, which is skipped.
    private static let limit = 2048

    /// Reads the header at the start; `nil` when more octets are needed.
    static func read(_ octets: some RandomAccessCollection<UInt8>) throws(Invalid) -> (header: Self, length: Int)? {
        guard octets.elementsEqual(signature.prefix(octets.count)) || octets.starts(with: signature) else {
            throw Invalid()
        }
        guard octets.count >= fixedLength else { return nil }
        let fixed = Array(octets.prefix(fixedLength))
        let length = Int(fixed[14]) << 8 | Int(fixed[15])
        guard fixed[12] >> 4 == 2, length <= limit else { throw Invalid() }
        guard octets.count >= fixedLength + length else { return nil }
        let addresses = Array(octets.dropFirst(fixedLength).prefix(length))
        return (try header(command: fixed[12] & 0x0F, family: fixed[13], addresses), fixedLength + length)
    }

    private static func header(command: UInt8, family: UInt8, _ addresses: [UInt8]) throws(Invalid) -> Self {
        guard command != 0 else { return .local }
        guard command == 1 else { throw Invalid() }
        switch family {
        case 0x11 where addresses.count >= 12: return .proxied(try text(addresses.prefix(4)))
        case 0x21 where addresses.count >= 36: return .proxied(try text(addresses.prefix(16)))
        default: throw Invalid()
        }
    }

    private static func text(_ octets: ArraySlice<UInt8>) throws(Invalid) -> String {
        guard let address = IPAddress(octets: Array(octets)) else { throw Invalid() }
        return address.description
    }
}
