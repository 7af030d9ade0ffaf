import DNS
import Foundation
import Hosts
import TestSupport
import Testing

/// Our resolver against a real name server.
@Suite(.timeLimit(.minutes(1)))
struct ResolverTests {
    private static let zone = """
        @ MX 20 second
        @ MX 10 first
        @ A 192.0.2.1
        @ A 192.0.2.2
        @ AAAA 2001:db8::1
        many TXT "v=DKIM1; p=" "first" "second"
        two TXT "one"
        two TXT "two"
        octets TXT "\\195\\166\\000x"
        alias CNAME many
        pointer PTR host.example.test.
        long TXT \((0..<40).map { _ in "\"\(String(repeating: "x", count: 250))\"" }.joined(separator: " "))
        """

    private func with(_ body: @Sendable (Resolver) async throws -> Void) async throws {
        let folder = try Repository.temporaryFolder("dns")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await NameServer.run(folder: folder, zones: ["example.test": Self.zone], brokenZones: ["broken.test"]) {
            try await body(Resolver(servers: [$0.address]))
        }
    }

    @Test func `each type of record comes as what it says`() async throws {
        try await with { resolver async throws in
            #expect(
                try await resolver.exchangers(of: "Example.Test.") == ["first.example.test", "second.example.test"])
            let addresses = try await resolver.addresses(of: "example.test", isVersion4: true)
            #expect(addresses.map(\.description).sorted() == ["192.0.2.1", "192.0.2.2"])
            let others = try await resolver.addresses(of: "example.test", isVersion4: false)
            #expect(others.map(\.description) == ["2001:db8::1"])
            #expect(try await resolver.records(.ptr, of: "pointer.example.test") == [.name("host.example.test")])
            #expect(try await resolver.texts(of: "two.example.test").count == 2)
        }
    }

    @Test func `the strings of a text are joined and its octets kept`() async throws {
        try await with { resolver async throws in
            let joined = Array("v=DKIM1; p=firstsecond".utf8)
            #expect(try await resolver.texts(of: "many.example.test") == [joined])
            #expect(try await resolver.texts(of: "alias.example.test") == [joined])
            #expect(try await resolver.texts(of: "octets.example.test") == [[195, 166, 0, 120]])
        }
    }

    @Test func `an answer too long for UDP comes over TCP`() async throws {
        try await with { resolver async throws in
            #expect(try await resolver.texts(of: "long.example.test").map(\.count) == [10_000])
        }
    }

    @Test func `what is not there is no failure, and a broken zone is one`() async throws {
        try await with { resolver async throws in
            #expect(try await resolver.texts(of: "nobody.example.test").isEmpty)
            #expect(try await resolver.exchangers(of: "many.example.test").isEmpty)
            #expect(try await resolver.texts(of: String(repeating: "x", count: 64) + ".test").isEmpty)
            await #expect(throws: DNSFailure.self) { try await resolver.texts(of: "broken.test") }
            await #expect(throws: DNSFailure.self) { try await resolver.texts(of: "foreign.test") }
        }
    }

    @Test func `a thousand look-ups at once are all answered`() async throws {
        try await with { resolver async throws in
            try await withThrowingTaskGroup { group in
                for number in 0..<1_000 {
                    let name = number % 2 == 0 ? "two.example.test" : "n\(number).example.test"
                    group.addTask { try await resolver.texts(of: name) }
                }
                var found = 0
                for try await texts in group { found += texts.count }
                #expect(found == 1_000)
            }
        }
    }

    @Test func `a silent server costs the time-out and no more, and cancelling ends a wait at once`() async throws {
        let silent = try SilentPort()
        let resolver = try Resolver(servers: ["127.0.0.1:\(silent.port)"], timeout: .milliseconds(800))
        let start = ContinuousClock.now
        await #expect(throws: DNSFailure.self) { try await resolver.texts(of: "example.test") }
        #expect(ContinuousClock.now - start < .seconds(10))
        let patient = try Resolver(servers: ["127.0.0.1:\(silent.port)"], timeout: .seconds(50))
        let task = Task { try await patient.texts(of: "example.test") }
        try await until("the question is asked") { silent.hasHeard(2) }
        task.cancel()
        await #expect(throws: DNSFailure.self) { try await task.value }
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test func `those who ask the same at the same time share one query, and its answer is kept`() async throws {
        let silent = try SilentPort()
        let resolver = try Resolver(servers: ["127.0.0.1:\(silent.port)"], timeout: .seconds(50))
        try await withThrowingTaskGroup { group in
            for _ in 0..<100 {
                group.addTask { try await resolver.texts(of: "example.test") }
            }
            try await eventually("one query is answered with no such name") { try silent.refuse() ? () : nil }
            for try await texts in group { #expect(texts.isEmpty) }
        }
        #expect(silent.heard == 1)
        #expect(try await resolver.texts(of: "EXAMPLE.test").isEmpty)
        #expect(silent.heard == 1)
    }

    @Test(arguments: ["", "localhost", "127.0.0.1:", "127.0.0.1:99999", "::1:x", "[::1", "1.2.3.4,5.6.7.8", "[1.2.3.4"])
    func `what is no server is refused with words`(server: String) {
        #expect(throws: ResolverError.self) { try Resolver(servers: [server]) }
    }

    @Test(arguments: ["127.0.0.1", "127.0.0.1:53", "::1", "[::1]:53"])
    func `servers are given with and without a port`(server: String) throws {
        try Resolver(servers: [server]).shutDown()
    }

    @Test func `a resolver that is shut down fails whoever waits`() async throws {
        let silent = try SilentPort()
        let resolver = try Resolver(servers: ["127.0.0.1:\(silent.port)"], timeout: .seconds(50))
        let task = Task { try await resolver.texts(of: "example.test") }
        try await until("the question is asked") { silent.hasHeard(1) }
        resolver.shutDown()
        await #expect(throws: DNSFailure.self) { try await task.value }
        await #expect(throws: DNSFailure.self) { try await resolver.texts(of: "example.test") }
    }
}
