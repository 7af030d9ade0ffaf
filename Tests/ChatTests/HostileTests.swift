import Chat
import Foundation
import Testing

@Suite("Bodies that nobody should send")
struct HostileTests {
    private static func deep(_ count: Int) -> String {
        EventFixture.whole.replacing(
            #""state""#,
            with: #""x": "# + String(repeating: "[", count: count) + String(repeating: "]", count: count)
                + #", "state""#)
    }

    struct NotJSON: Sendable, CustomStringConvertible {
        var description: String
        var octets: [UInt8]

        init(_ description: String, _ text: String) {
            self.description = description
            octets = Array(text.utf8)
        }

        init(_ description: String, octets: [UInt8]) {
            self.description = description
            self.octets = octets
        }
    }

    static let notJSON: [NotJSON] = [
        NotJSON("nothing", ""), NotJSON("white space", "  \n"), NotJSON("words", "hej"),
        NotJSON("half", String(EventFixture.whole.prefix(200))), NotJSON("two", EventFixture.whole + "{}"),
        NotJSON("a comma too many", EventFixture.whole.replacing("}}", with: "},}")),
        NotJSON("no UTF-8", octets: Array(#"{"type":""#.utf8) + [0xE6]),
        NotJSON("UTF-16", octets: EventFixture.whole.utf8.flatMap { [$0, 0] }),
        NotJSON("a byte order mark", "\u{FEFF}" + EventFixture.whole),
        NotJSON("half a pair", EventFixture.whole.replacing("Hej", with: #"\ud800"#)),
        NotJSON("a control character", EventFixture.whole.replacing("Hej", with: "a\u{1}")),
        NotJSON("too deep", deep(31)), NotJSON("very deep", deep(100_000)),
        NotJSON("brackets alone", octets: Array(repeating: UInt8(ascii: "["), count: 5 << 20)),
        NotJSON("too many values", "[0" + String(repeating: ",0", count: 400_001) + "]"),
    ]

    /// Texts, and whether RFC 8259 knows them.
    static let texts: [(String, Bool)] = [
        ("[1,2]", true), ("[1,]", false), ("[,1]", false), ("[1 2]", false), (#"{"a":1}"#, true), (#"{"a":1,}"#, false),
        (#"{"a" 1}"#, false), ("{a:1}", false), (#"{"a":}"#, false), ("[1}", false), ("]", false), ("[", false),
        ("[0]", true), ("[-0]", true), ("[00]", false), ("[01]", false), ("[-]", false), ("[1.]", false),
        ("[.5]", false),
        ("[1.5e+3]", true), ("[1e]", false), ("[1E-2]", true), ("[+1]", false), ("[NaN]", false), ("[tru]", false),
        ("[true,false,null]", true), (#"["\n\u00e6\/"]"#, true), (#"["\x"]"#, false), (#"["\u12"]"#, false),
        (#"["\ud83d\ude00"]"#, true), (#"["\ud83d"]"#, false), (#"["\ude00"]"#, false), (#"["\ud83d\u0041"]"#, false),
        (#"["a]"#, false), ("[\"\t\"]", false), ("[1]\n ", true), ("[1] x", false), ("[[[]],{}]", true),
        ("// x\n[]", false),
    ]

    @Test("the grammar is that of RFC 8259, wherever in the body", arguments: texts)
    func grammar(_ text: String, _ isJSON: Bool) {
        let json = EventFixture.whole.replacing(#""state""#, with: "\"x\": \(text), \"state\"")
        let isTaken = EventFixture.fault(Array(json.utf8)) == nil
        #expect(isTaken == isJSON, "\(String(describing: EventFixture.fault(Array(json.utf8))))")
    }

    @Test(
        "what is no JSON, or more than is read, is refused before it costs much", .timeLimit(.minutes(1)),
        arguments: notJSON)
    func refused(_ body: NotJSON) {
        let (name, octets) = (body.description, body.octets)
        guard case .notJSON = EventFixture.fault(octets) else {
            Issue.record("\(name): \(String(describing: EventFixture.fault(octets)))")
            return
        }
    }

    @Test("a few levels of what is not known are passed over")
    func shallow() { #expect(EventFixture.fault(Array(Self.deep(28).utf8)) == nil) }

    @Test("JSON that is no object is told so", arguments: ["[]", "7", "null", "true", #""hej""#, "{}"])
    func noObject(_ text: String) {
        guard case .unfit(let path, _) = EventFixture.fault(Array(text.utf8)) else {
            Issue.record("taken")
            return
        }
        #expect(path == (text == "{}" ? "$.type" : "$"))
    }

    @Test("2,000 messages are taken and one more is not")
    func manyMessages() {
        let message = #"{"at":"2026-11-24T09:02:00Z","role":"visitor","text":"x","id":"#
        for count in [2000, 2001] {
            let messages = (0..<count).map { message + "\"\($0)\"}" }.joined(separator: ",")
            let json =
                #"{"type":"chat.transcript.created","timestamp":"2026-11-24T09:12:00Z","data":{"conversation_id":"c","#
                + #""messages":[\#(messages)]}}"#
            #expect((EventFixture.fault(Array(json.utf8)) == nil) == (count == 2000))
        }
    }

    @Test("a text has its bound in octets")
    func longText() {
        for (count, isTaken) in [(16_384, true), (16_385, false)] {
            let json = EventFixture.whole.replacing("Hej", with: String(repeating: "æ", count: count))
            #expect((EventFixture.fault(Array(json.utf8)) == nil) == isTaken)
        }
    }

    @Test("octets changed, cut out or doubled anywhere end in a transcript or a fault", .timeLimit(.minutes(1)))
    func mutations() {
        var random = SystemRandomNumberGenerator()
        let whole = Array(EventFixture.whole.utf8)
        for _ in 0..<20_000 {
            var octets = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<octets.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: octets[place] = UInt8.random(in: 0...255, using: &random)
                case 1: octets.remove(at: place)
                case 2: octets[place] = "{}[]\",:\\0n".utf8.randomElement(using: &random) ?? 0
                default: octets.insert(contentsOf: octets[place...].prefix(20), at: place)
                }
            }
            if let event = try? ChatEvent(octets), case .transcript(let transcript) = event.content {
                #expect((1...2000).contains(transcript.utterances.count))
                #expect(Set(transcript.utterances.map(\.key)).count == transcript.utterances.count)
            }
        }
    }
}
