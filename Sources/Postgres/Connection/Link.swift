import CPostgres
import Foundation

/// Owns one libpq connection; every wait on it has an end.
///
/// Used by one thread at a time (libpq: "threading"). The connection is non-blocking, since libpq's own waits would not
/// end when the server is stopped but its host answers.
struct Link: ~Copyable {
    let pointer: OpaquePointer

    /// Connects and blocks until done, `connect_timeout` at most.
    ///
    /// Throws `unavailable` with the server's words.
    init(_ configuration: PostgresConfiguration) throws(PostgresError) {
        pointer = try Self.connect(configuration)
        // Notices go to nobody; what matters comes as an error.
        PQsetNoticeReceiver(pointer, { _, _ in }, nil)
        PQsetnonblocking(pointer, 1)
    }

    deinit { PQfinish(pointer) }

    var isBroken: Bool { PQstatus(pointer) != CONNECTION_OK }
    var isInTransaction: Bool { PQtransactionStatus(pointer) != PQTRANS_IDLE }
    var descriptor: Int32 { PQsocket(pointer) }

    /// Throws `unavailable` when the server has ended the connection meanwhile: then nothing was sent, and the same on
    /// another connection does nothing twice.
    func checkAlive() throws(PostgresError) {
        // The farewell first, then the end of the stream.
        for _ in 0..<16 where isReadable {
            if PQconsumeInput(pointer) == 0 { break }
        }
        if isBroken { throw PostgresError(.unavailable, "the connection was ended by the server") }
    }

    private var isReadable: Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, 0) > 0
    }

    /// Sends what libpq holds; takes in what comes meanwhile, or both sides could wait for each other.
    func flush(until deadline: Deadline) throws(PostgresError) {
        while true {
            switch PQflush(pointer) {
            case 0: return
            case 1:
                let ready = try wait(for: POLLIN | POLLOUT, until: deadline)
                if ready & POLLIN != 0, PQconsumeInput(pointer) == 0 { throw lost }
            default: throw lost
            }
        }
    }

    /// The next result; `nil` behind the last one of a statement.
    func nextResult(until deadline: Deadline) throws(PostgresError) -> QueryResult? {
        while PQisBusy(pointer) == 1 {
            _ = try wait(for: POLLIN, until: deadline)
            // A broken connection is told of in the result.
            if PQconsumeInput(pointer) == 0 { break }
        }
        guard let result = PQgetResult(pointer) else { return nil }
        // Its data would have to be moved before there is a next result.
        if [PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH].contains(PQresultStatus(result)) {
            PQclear(result)
            throw PostgresError(.connectionLost, "COPY to or from the client is not spoken here")
        }
        return QueryResult(result)
    }

    /// Waits for the socket; gives back what it is ready for.
    private func wait(for events: Int32, until deadline: Deadline) throws(PostgresError) -> Int32 {
        while true {
            var request = pollfd(fd: descriptor, events: Int16(events), revents: 0)
            let count = poll(&request, 1, deadline.remainingMilliseconds)
            if count > 0 { return Int32(request.revents) | (Int32(request.revents) & ~events != 0 ? POLLIN : 0) }
            if count == 0 { throw PostgresError(.connectionLost, "the server does not answer") }
            if errno != EINTR { throw lost }
        }
    }

    /// What libpq says of its last failure.
    var lost: PostgresError { PostgresError(.connectionLost, Self.message(pointer)) }

    private static func message(_ pointer: OpaquePointer) -> String {
        String(cString: PQerrorMessage(pointer)).split(separator: "\n").joined(separator: "; ")
    }

    // MARK: Connecting

    private static func connect(_ configuration: PostgresConfiguration) throws(PostgresError) -> OpaquePointer {
        // libpq's own words for an address that it cannot take apart quote from it, the password included.
        guard let parts = PQconninfoParse(configuration.url, nil) else {
            throw PostgresError(
                .unavailable,
                "the address of the database cannot be read: special characters in its user and password "
                    + "are written in percent-encoding, as %23 for #")
        }
        PQconninfoFree(parts)
        // Later ones go before earlier ones; the URL is taken apart where `dbname` stands.
        var parameters = configuration.defaults
        parameters.append(("dbname", configuration.url))
        parameters.append(("client_encoding", "UTF8"))
        let options = [configuration.options, option("options", of: configuration.url)].compactMap { $0 }
        if !options.isEmpty { parameters.append(("options", options.joined(separator: " "))) }
        guard let pointer = connect(parameters) else { throw PostgresError(.unavailable, "out of memory") }
        guard PQstatus(pointer) == CONNECTION_OK else {
            defer { PQfinish(pointer) }
            throw PostgresError(.unavailable, ConnectionAdvice.added(to: message(pointer)))
        }
        return pointer
    }

    private static func connect(_ parameters: [(keyword: String, value: String)]) -> OpaquePointer? {
        let keywords = parameters.map { strdup($0.keyword) } + [nil]
        let values = parameters.map { strdup($0.value) } + [nil]
        defer { (keywords + values).forEach { free($0) } }
        return keywords.map { UnsafePointer($0) }.withUnsafeBufferPointer { keywords in
            values.map { UnsafePointer($0) }.withUnsafeBufferPointer { values in
                PQconnectdbParams(keywords.baseAddress, values.baseAddress, 1)
            }
        }
    }

    /// What a URL says about one keyword.
    private static func option(_ keyword: String, of url: String) -> String? {
        guard let options = PQconninfoParse(url, nil) else { return nil }
        defer { PQconninfoFree(options) }
        var option = options
        while let name = option.pointee.keyword {
            if String(cString: name) == keyword { return option.pointee.val.map { String(cString: $0) } }
            option += 1
        }
        return nil
    }
}

/// When waiting ends.
struct Deadline {
    /// `nil` is never.
    private let instant: ContinuousClock.Instant?

    init(after patience: Duration?) { instant = patience.map { .now + $0 } }

    /// As `poll` takes it: -1 is without end.
    var remainingMilliseconds: Int32 {
        guard let instant else { return -1 }
        return Int32(clamping: max(0, (instant - .now).milliseconds))
    }
}
