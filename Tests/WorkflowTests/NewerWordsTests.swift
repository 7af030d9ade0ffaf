import CVR
import Foundation
import Mail
import Postgres
import TestSupport
import Testing
import Understanding

@testable import Records

/// What a newer node wrote into the records, read by this one.
@Suite("Words of a newer version")
struct NewerWordsTests {
    private static let evidence =
        #"{"part":"text/plain","section":"margin","text":"CVR 91430525","offset":0,"length":12}"#

    @Test("a section or ground that is not known is left open, and the rest is read")
    func decoded() throws {
        let evidence = try JSONText.decode(Evidence.self, from: Self.evidence)
        #expect(evidence.section == .other && evidence.text == "CVR 91430525")
        let link = try JSONText.decode(
            LinkDecision.self,
            from: """
                {"status":"linked","number":"91430525","confidence":"high","ground":"oracle",
                "evidence":\(Self.evidence),"candidates":[]}
                """)
        #expect(link.number?.description == "91430525" && link.ground == nil && link.evidence == evidence)
        let none = try JSONText.decode(LinkDecision.self, from: #"{"status":"none","candidates":[]}"#)
        #expect(none == LinkDecision(status: .none))
        let known = LinkDecision(status: .linked, ground: .knownAddress, evidence: evidence)
        #expect(try JSONText.decode(LinkDecision.self, from: try JSONText.encode(known)) == known)
    }

    @Test("a message that was filed with them is answered", .timeLimit(.minutes(1)))
    func answered() async throws {
        try await ExtractDesk.with { desk in
            try await desk.arrive(
                PlainMail.forward(
                    "f1", of: "Hej Jonas\nHvad koster 900 fakturaer om måneden?\n\nMvh Mette\nCVR-nr. 91430525",
                    by: "Mette Lyngholm <mly@vestklit.example>"
                ).octets)
            try await desk.read()
            let changed = try await desk.pool.pipeline([
                """
                UPDATE brevdue.fact SET evidence = jsonb_set(evidence::jsonb, '{section}', '"margin"')::json RETURNING 1
                """,
                """
                UPDATE brevdue.link SET decision = jsonb_set(jsonb_set(decision::jsonb, '{ground}', '"oracle"'),
                    '{evidence,section}', '"margin"')::json RETURNING 1
                """,
            ])
            #expect(changed.allSatisfy { !$0.isEmpty })
            try await desk.answer()
            let summary = try #require(try await desk.summaries().first)
            #expect(summary.text.contains("CVR 91430525") && summary.text.contains("i beskeden"))
        }
    }
}
