import Chat
import Foundation
import Testing

@Suite("Transcripts")
struct TranscriptTests {
    @Test("all that the format knows is read")
    func whole() throws {
        let transcript = try EventFixture.transcript(EventFixture.whole)
        #expect(transcript.conversationID == "c-17" && transcript.state == .closed)
        #expect(transcript.visitor.company == "Vestklit Emballage A/S" && transcript.visitor.cvr == "91430525")
        #expect(transcript.visitor.locale == "da-DK" && transcript.pageURL == "https://fjordtek.example/priser")
        #expect(transcript.utterances.map(\.key) == ["m1", "m2"])
        #expect(transcript.utterances.map(\.role) == [.bot, .visitor])
        #expect(transcript.utterances[1].attachments == ["plan.pdf"])
        #expect(transcript.utterances[0].at.offset == 3600)
        #expect(transcript.utterances[0].at.instant == Date(timeIntervalSince1970: 1_795_510_920))
        #expect(transcript.startedAt == transcript.utterances[0].at)
    }

    @Test("a conversation, a time, a role and a text are enough; what is not known is passed over")
    func least() throws {
        let transcript = try EventFixture.transcript(
            """
            {"type":"chat.transcript.created","timestamp":"2026-11-24T09:12:00Z","sequence":7,"data":{"conversation_id":"c",
            "visitor":null,"mood":{"a":[1]},"messages":[{"at":"2026-11-24T09:02:00Z","role":"visitor","text":""}]}}
            """)
        #expect(transcript.state == .open && transcript.visitor == Transcript.Visitor())
        #expect(transcript.utterances.count == 1 && transcript.utterances[0].key.count == 64)
    }

    @Test("what was said is sorted by time, then by arrival, and a repeated id counts once")
    func order() throws {
        let messages = [("b", 3), ("a", 1), ("c", 3), ("a", 2), ("d", 0)].map { id, minute in
            #"{"id":"\#(id)","at":"2026-11-24T10:0\#(minute):00Z","role":"visitor","text":"\#(id)\#(minute)"}"#
        }
        let transcript = try EventFixture.transcript(
            """
            {"type":"chat.transcript.created","timestamp":"2026-11-24T09:12:00Z","data":{"conversation_id":"c",
            "messages":[\(messages.joined(separator: ","))]}}
            """)
        #expect(transcript.utterances.map(\.text) == ["d0", "a1", "b3", "c3"])
    }

    @Test("without ids the same words at the same time are the same, and no others are")
    func keys() throws {
        let messages = [
            ("1", "bot", "Hej"), ("1", "bot", "Hej"), ("2", "bot", "Hej"), ("1", "agent", "Hej"), ("1", "bot", "hej"),
        ]
        .map { #"{"at":"2026-11-24T10:00:0\#($0)Z","role":"\#($1)","text":"\#($2)"}"# }
        let transcript = try EventFixture.transcript(
            """
            {"type":"chat.transcript.created","timestamp":"2026-11-24T09:12:00Z","data":{"conversation_id":"c",
            "messages":[\(messages.joined(separator: ","))]}}
            """)
        #expect(transcript.utterances.count == 4)
    }

    /// Part of the whole event, what stands there instead, and what is said of it.
    static let faults: [(String, String, String)] = [
        (#""chat.transcript.created""#, "7", "$.type: expected a text of 1 to 200 octets"),
        (#""chat.transcript.created""#, #""chat""#, "$.type: expected words"),
        (#""chat.transcript.created""#, #""chat..x""#, "$.type: expected words"),
        (#""chat.transcript.created""#, #""chat.transcript-created""#, "$.type: expected words"),
        (#""timestamp": "2026-11-24T10:12:00+01:00""#, #""timestamp": 1700000000"#, "$.timestamp: expected a time"),
        (#""timestamp": "2026-11-24T10:12:00+01:00", "#, "", "$.timestamp: expected a time"),
        (#""conversation_id": "c-17", "#, "", "$.data.conversation_id: expected a text of 1 to 200 octets"),
        (#""c-17""#, #""""#, "$.data.conversation_id"), (#""c-17""#, "null", "$.data.conversation_id"),
        (#""c-17""#, #""c\u0000""#, "$.data.conversation_id"), (#""c-17""#, "17", "$.data.conversation_id"),
        (#""closed""#, #""ended""#, "$.data.state: expected one of open, closed"),
        (#""started_at": "2026"#, #""started_at": "26"#, "$.data.started_at: expected a time"),
        (#""ended_at": "2026-11-24T10:11:00+01:00""#, #""ended_at": true"#, "$.data.ended_at: expected a time"),
        (#""visitor": {"#, #""visitor": [], "x": {"#, "$.data.visitor: expected an object"),
        (#""mette@vestklit.example""#, "{}", "$.data.visitor.email: expected a text"),
        (#""https://fjordtek.example/priser""#, "[1]", "$.data.page_url: expected a text"),
        (#""messages": ["#, #""messages": {}, "x": ["#, "$.data.messages: expected an array of 1 to 2000 objects"),
        (#""messages": ["#, #""messages": [], "x": ["#, "$.data.messages: expected an array of 1 to 2000 objects"),
        (#""messages": ["#, #""messages": ["Hej", "#, "$.data.messages[0]: expected an object"),
        (#""messages": ["#, #""messages": [null, "#, "$.data.messages[0]: expected an object"),
        (#""10:03"#, #""x"#, "$.data.messages[1].at: expected a time"),
        (
            #""role": "visitor""#, #""role": "customer""#,
            "$.data.messages[1].role: expected one of visitor, agent, bot, system"
        ),
        (#""text": "Hej""#, #""text": null"#, "$.data.messages[0].text: expected a text of 0 to 32768 octets"),
        (#""id": "m2""#, #""id": 2"#, "$.data.messages[1].id: expected a text"),
        (#""id": "m2""#, #""id": "a\nb""#, "$.data.messages[1].id: expected a text"),
        (#""plan.pdf""#, "9", "$.data.messages[1].attachments[0].name: expected a text"),
        (#"[{"name""#, #"[7, {"name""#, "$.data.messages[1].attachments[0]: expected an object"),
    ]

    @Test("a fault is told with its place and what is expected there", arguments: faults)
    func fault(_ part: String, _ instead: String, _ expected: String) throws {
        let part = part == #""10:03"# ? "2026-11-24T10:03" : part
        let json = EventFixture.whole.replacing(part, with: instead == #""x"# ? "x" : instead)
        try #require(json != EventFixture.whole)
        let fault = try #require(EventFixture.fault(Array(json.utf8)))
        guard case .unfit = fault else {
            Issue.record("\(fault)")
            return
        }
        #expect("\(fault)".hasPrefix(expected), "\(fault)")
    }

    @Test("an event of another type is known by its type alone, and its data is an object")
    func otherType() throws {
        let event = try ChatEvent(
            Array(#"{"type":"chat.typing","timestamp":"2026-11-24T09:12:00Z","data":{"x":1}}"#.utf8))
        guard case .unknown = event.content else {
            Issue.record("taken for a transcript")
            return
        }
        #expect(event.type == "chat.typing")
        let fault = EventFixture.fault(
            Array(#"{"type":"chat.typing","timestamp":"2026-11-24T09:12:00Z","data":[]}"#.utf8))
        #expect(fault == .unfit(path: "$.data", expected: "an object"))
    }

    @Test("times are read in the forms of RFC 3339 and no others")
    func moments() {
        let same = [
            "2026-11-24T08:52:11Z", "2026-11-24t08:52:11z", "2026-11-24 08:52:11Z", "2026-11-24T09:52:11+01:00",
            "2026-11-24T03:22:11-0530", "2026-11-24T08:52:11.000Z", "2026-11-25T00:52:11+16:00",
        ]
        for text in same.dropLast() {
            #expect(Moment(text)?.instant == Date(timeIntervalSince1970: 1_795_510_331), "\(text)")
        }
        #expect(
            Moment("2024-02-29T00:00:00Z") != nil && Moment("1970-01-01T00:00:00Z")?.instant.timeIntervalSince1970 == 0)
        #expect(Moment("2026-11-24T08:52:11.25Z")?.instant == Date(timeIntervalSince1970: 1_795_510_331.25))
        for text in [
            "", "2026-11-24", "2026-11-24T08:52Z", "2026-11-24T08:52:11", "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-10T00:00:00Z", "2026-11-31T00:00:00Z", "2026-11-24T24:00:00Z", "2026-11-24T08:60:11Z",
            "2026-11-24T08:52:61Z", "2026-11-24T08:52:11+1:00", "2026-11-24T08:52:11.Z", "1969-12-31T23:59:59Z",
            same[6],
            "2026-11-24T08:52:11Z ", "２０26-11-24T08:52:11Z", "2026-11-24T08:52:11.1234567890Z",
        ] {
            #expect(Moment(text) == nil, "\(text)")
        }
    }
}
