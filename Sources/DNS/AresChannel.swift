import CAres
import Foundation

/// Owns a channel of c-ares and the pipe that wakes whoever waits in it.
///
/// Sendable because the channel is touched by the thread that runs `ask`, `process` and `close` alone, once it is made;
/// `wake` only writes to the pipe.
final class AresChannel: @unchecked Sendable {
    typealias Reply = Result<DNSMessage.Answer, DNSFailure>

    private var channel: ares_channel?
    private let wakeReader: Int32
    private let wakeWriter: Int32

    private static let library = ares_library_init(ARES_LIB_INIT_ALL)

    /// A channel to the servers, which stand as c-ares reads them, or to the system's.
    init(servers: String?, timeout: Duration) throws(ResolverError) {
        var ends: [Int32] = [0, 0]
        guard Self.library == ARES_SUCCESS, pipe(&ends) == 0 else {
            throw ResolverError(description: "c-ares cannot be used: no memory or no file left")
        }
        (wakeReader, wakeWriter) = (ends[0], ends[1])
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        var options = ares_options()
        options.flags = ARES_FLAG_EDNS
        // Holds on every path without being cut into pieces (DNS flag day 2020); longer answers come over TCP.
        options.ednspsz = 1_232
        // With one server two tries fit into the time; the second waits twice as long as the first.
        options.timeout = Int32(max(50, timeout / .milliseconds(1) / 4))
        options.tries = 2
        let mask = ARES_OPT_FLAGS | ARES_OPT_EDNSPSZ | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES
        try Self.check(ares_init_options(&channel, &options, mask))
        if let servers { try Self.check(ares_set_servers_ports_csv(channel, servers)) }
    }

    deinit {
        Foundation.close(wakeReader)
        Foundation.close(wakeWriter)
    }

    /// Ends the wait of `process`, now or the next time.
    func wake() {
        var octet: UInt8 = 0
        // A full pipe wakes too.
        _ = write(wakeWriter, &octet, 1)
    }

    func ask(_ question: DNSQuestion, _ finish: @escaping (Reply) -> Void) {
        let flight = Unmanaged.passRetained(Flight(type: question.type, finish))
        // c-ares calls back exactly once for each query, at the latest when the channel is destroyed.
        ares_query(
            channel, question.name, 1, Int32(question.type.rawValue),
            { context, status, _, octets, count in
                guard let context else { return }
                let flight = Unmanaged<Flight>.fromOpaque(context).takeRetainedValue()
                let message = octets.map { Array(UnsafeBufferPointer(start: $0, count: Int(max(0, count)))) }
                flight.land(status: status, message)
            }, flight.toOpaque())
    }

    /// Waits for servers, the pipe or the time, whichever is first, and does what is due.
    func process(for limit: Duration) {
        var sockets = [ares_socket_t](repeating: ARES_SOCKET_BAD, count: Int(ARES_GETSOCK_MAXNUM))
        let bits = ares_getsock(channel, &sockets, ARES_GETSOCK_MAXNUM)
        var polled = [pollfd(fd: wakeReader, events: Int16(POLLIN), revents: 0)]
        for (number, socket) in sockets.enumerated() {
            let reads = bits & (1 << Int32(number)) != 0
            let writes = bits & (1 << Int32(number + Int(ARES_GETSOCK_MAXNUM))) != 0
            guard reads || writes else { continue }
            let events = (reads ? POLLIN : 0) | (writes ? POLLOUT : 0)
            polled.append(pollfd(fd: socket, events: Int16(events), revents: 0))
        }
        guard poll(&polled, nfds_t(polled.count), milliseconds(limit)) > 0 else {
            return ares_process_fd(channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD)
        }
        if polled[0].revents != 0 { emptyPipe() }
        for socket in polled.dropFirst() where socket.revents != 0 {
            let isReadable = socket.revents & ~Int16(POLLOUT) != 0
            let isWritable = socket.revents & Int16(POLLOUT) != 0
            ares_process_fd(
                channel, isReadable ? socket.fd : ARES_SOCKET_BAD, isWritable ? socket.fd : ARES_SOCKET_BAD)
        }
    }

    /// Ends every query.
    func close() {
        if let channel { ares_destroy(channel) }
        channel = nil
    }

    private func milliseconds(_ limit: Duration) -> Int32 {
        var own = timeval()
        let limit = Int32(clamping: max(0, Int(limit / .milliseconds(1)) + 1))
        guard ares_timeout(channel, nil, &own) != nil else { return limit }
        return min(limit, Int32(clamping: own.tv_sec * 1_000 + Int(own.tv_usec) / 1_000 + 1))
    }

    private func emptyPipe() {
        var octets = [UInt8](repeating: 0, count: 256)
        while read(wakeReader, &octets, octets.count) == octets.count {}
    }

    private static func check(_ status: Int32) throws(ResolverError) {
        guard status != ARES_SUCCESS else { return }
        throw ResolverError(description: "c-ares: \(words(status))")
    }

    fileprivate static func words(_ status: Int32) -> String { String(cString: ares_strerror(status)) }
}

/// A query under way.
private final class Flight {
    private let type: DNSRecordType
    private let finish: (AresChannel.Reply) -> Void

    init(type: DNSRecordType, _ finish: @escaping (AresChannel.Reply) -> Void) {
        self.type = type
        self.finish = finish
    }

    func land(status: Int32, _ message: [UInt8]?) {
        switch status {
        case ARES_SUCCESS:
            guard let answer = message.flatMap({ DNSMessage.read($0, type: type) }) else {
                return finish(.failure(DNSFailure(reason: "the name server's answer makes no sense")))
            }
            finish(.success(answer))
        case ARES_ENODATA, ARES_ENOTFOUND:
            let answer = message.flatMap { DNSMessage.read($0, type: type) }
            finish(.success(DNSMessage.Answer(records: [], seconds: answer?.seconds ?? 0)))
        case ARES_ETIMEOUT:
            finish(.failure(DNSFailure(reason: "no name server answered in time")))
        default:
            finish(.failure(DNSFailure(reason: "name server: \(AresChannel.words(status))")))
        }
    }
}
