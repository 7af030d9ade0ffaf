import DNS
import Foundation
import Hosts
import MailAuthentication
import TestSupport
import Testing

/// SPF by a table, and pyspf's opinion on the same.
@Suite(.timeLimit(.minutes(1)))
struct SPFTests {
    private func verdict(_ one: SPFCase) async throws -> SPFVerdict {
        var names = SPFCase.names
        names["case.example", default: []].append("TXT \(one.record)")
        let client = MailAuthenticator.Client(
            address: try #require(IPAddress(one.address)), helo: one.helo, mailFrom: one.sender)
        return await MailAuthenticator(dns: RecordTable(names)).verify([], client: client, at: Date()).spf
    }

    @Test(arguments: SPFCase.all + SPFCase.stricter)
    func `a record gives what RFC 7208 says`(one: SPFCase) async throws {
        let verdict = try await verdict(one)
        #expect(verdict.result.rawValue == one.result, "\(verdict)")
    }

    private struct Question: Encodable, Sendable {
        var names: [String: [String]]
        var cases: [SPFCase]
    }

    @Test func `pyspf comes to the same results`() async throws {
        #expect(SPFCase.all.count >= 60)
        let results: [String] = try await Python.run(Self.program, Question(names: SPFCase.names, cases: SPFCase.all))
        for (one, result) in zip(SPFCase.all, results) {
            let own = try await verdict(one)
            #expect(own.result.rawValue == result, "\(one): \(own)")
        }
    }

    private static let program = #"""
        import json, sys
        import spf
        job = json.load(open(sys.argv[1]))
        record = None
        def lookup(name, kind, strict=True, timeout=20):
            lines = job["names"].get(name.lower().rstrip("."), [])
            if name.lower().rstrip(".") == "case.example": lines = lines + ["TXT " + record]
            found = []
            for line in lines:
                if line == "FAIL": raise spf.TempError("SERVFAIL")
                own, _, value = line.partition(" ")
                if own != kind: continue
                if kind == "TXT": value = [value.encode()]
                if kind == "MX": value = (int(value.split()[0]), value.split()[1])
                found.append(((name, kind), value))
            return found
        spf.DNSLookup = lookup
        results = []
        for case in job["cases"]:
            record = case["record"]
            results.append(spf.check2(i=case["address"], s=case["sender"], h=case["helo"], querytime=0)[0])
        json.dump(results, open(sys.argv[2], "w"))
        """#
}
