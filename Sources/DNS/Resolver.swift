import Foundation
import Hosts

/// Why there is no resolver.
package struct ResolverError: Error, CustomStringConvertible {
    package var description: String
}

/// Asks name servers, by c-ares on a thread of its own.
///
/// Answers are kept for their time to live, and those who ask the same at the same time share one query. Answers cut
/// short over UDP are asked for again over TCP.
package final class Resolver: DNSLookup {
    private let thread: ResolverThread

    /// Asks the servers given as `address` or `address:port` (IPv6 in brackets before a port), or the system's.
    ///
    /// No look-up takes longer than the time-out.
    package init(servers: [String]? = nil, timeout: Duration = .seconds(5)) throws(ResolverError) {
        let own: String? = if let servers { try Self.checked(servers) } else { nil }
        thread = try ResolverThread(servers: own, timeout: timeout)
        let running = thread
        let system = Thread { running.run() }
        system.name = "DNS"
        system.start()
    }

    deinit { thread.stop() }

    /// Ends the thread; whoever waits or asks from now on gets a failure.
    package func shutDown() { thread.stop() }

    package func records(_ type: DNSRecordType, of name: String) async throws(DNSFailure) -> [DNSRecord] {
        guard let name = Self.name(name) else { return [] }
        let question = DNSQuestion(type: type, name: name)
        let ticket = thread.ticket()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                thread.ask(question, ticket: ticket, continuation)
                // The task may have been cancelled before there was anything to cancel.
                if Task.isCancelled { thread.cancel(question, ticket: ticket) }
            }
        } onCancel: {
            thread.cancel(question, ticket: ticket)
        }
        return try result.get()
    }

    /// The name in lower case, or `nil` for one that cannot exist or that c-ares would read as something else.
    private static func name(_ text: String) -> String? {
        let name = text.utf8.last == UInt8(ascii: ".") ? text.dropLast() : text[...]
        guard (1...253).contains(name.utf8.count),
            name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
            name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
                .allSatisfy({ (1...63).contains($0.count) })
        else { return nil }
        return name.lowercased()
    }

    /// The servers as c-ares reads them.
    private static func checked(_ servers: [String]) throws(ResolverError) -> String {
        guard (1...8).contains(servers.count) else {
            throw ResolverError(description: "1 to 8 name servers can be asked, not \(servers.count)")
        }
        for server in servers where !isServer(server) {
            throw ResolverError(
                description: "\(server) is no name server: write its address, or address:port as in 127.0.0.1:53")
        }
        return servers.joined(separator: ",")
    }

    private static func isServer(_ text: String) -> Bool {
        if IPAddress(text) != nil { return true }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0 else {
            return false
        }
        let host = text[..<colon]
        guard host.hasPrefix("["), host.hasSuffix("]") else { return IPAddress(host)?.isVersion4 == true }
        return IPAddress(host.dropFirst().dropLast()) != nil
    }
}
