import Testing

@testable import IMAPClient

/// What a stream of octets is cut into, contents joined.
struct Reading: Hashable {
    enum Item: Hashable {
        case response(Response)
        case content(size: UInt64, wanted: Bool, octets: [UInt8])
    }

    var items: [Item] = []
    var fault: ProtocolFault?

    /// Reads pieces of the given lengths, the last one as long as the rest.
    init(_ octets: [UInt8], cutAt cuts: [Int] = [], limits: ResponseFramer.Limits = .init()) {
        var framer = ResponseFramer(limits: limits)
        var content: (size: UInt64, wanted: Bool, octets: [UInt8])?
        var start = 0
        do throws(ProtocolFault) {
            for end in cuts + [octets.count] where end >= start {
                framer.append(octets[start..<end])
                start = end
                while let piece = try framer.next() {
                    switch piece {
                    case .response(let raw): items.append(.response(try ResponseParser.parse(raw)))
                    case .contentBegins(let size, let wanted): content = (size, wanted, [])
                    case .content(let part): content?.octets += part
                    case .contentEnds:
                        if let whole = content {
                            items.append(.content(size: whole.size, wanted: whole.wanted, octets: whole.octets))
                        }
                        content = nil
                    }
                }
            }
        } catch {
            fault = error
        }
    }

    init(_ text: String, cutAt cuts: [Int] = [], limits: ResponseFramer.Limits = .init()) {
        self.init(Array(text.utf8), cutAt: cuts, limits: limits)
    }

    var responses: [Response] {
        items.compactMap { if case .response(let response) = $0 { response } else { nil } }
    }
}

@Suite("Responses cut out of a stream")
struct FramerTests {
    static let session = """
        * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] Dovecot ready {12}\r
        * LIST (\\HasNoChildren) "/" "L&AOY-st"\r
        * LIST () "." {7}\r
        INBOX.a\r
        * OK [PERMANENTFLAGS (\\Seen \\*)] Flags permitted.\r
        * OK [UIDVALIDITY 1234567890] UIDs valid\r
        * OK [UIDNEXT 42] Predicted next UID\r
        * SEARCH 2 84 882\r
        * 3 FETCH (UID 7 FLAGS (\\Seen $Junk) BODY[] {25}\r
        Subject: a\r\n\r\nb {3}\r\n)\r\nc)\r
        * 4 FETCH (UID 8 ENVELOPE ("d" (("a" NIL "b" "c")) {2}\r
        xy NIL) INTERNALDATE "17-Jul-1996 02:44:25 -0700" BODY[] "q\\"x")\r
        + idling\r
        a1 OK [READ-WRITE] done\r\n
        """.replacing("\n\n", with: "\n")

    @Test("The same is read wherever the octets are split in two")
    func everySplit() {
        let octets = Array(Self.session.utf8)
        let whole = Reading(octets)
        #expect(whole.fault == nil)
        #expect(whole.items.count == 12)
        for cut in octets.indices { #expect(Reading(octets, cutAt: [cut]) == whole, "cut at \(cut)") }
        #expect(Reading(octets, cutAt: Array(octets.indices)) == whole)
    }

    @Test("The content of a message is handed on exactly, whatever it looks like")
    func content() throws {
        let reading = Reading(Self.session)
        let content = reading.items.compactMap { item -> [UInt8]? in
            if case .content(25, true, let octets) = item { octets } else { nil }
        }
        #expect(content == [Array("Subject: a\r\n\r\nb {3}\r\n)\r\nc".utf8)])
        guard case .fetch(let message) = reading.responses[7] else { throw Missing() }
        #expect(message.uid == 7 && message.flags == ["\\Seen", "$Junk"] && message.content == .streamed)
        guard case .fetch(let quoted) = reading.responses[8] else { throw Missing() }
        #expect(quoted.uid == 8 && quoted.content == .octets(Array("q\"x".utf8)))
        #expect(quoted.internalDate == "17-Jul-1996 02:44:25 -0700")
    }

    @Test("A message above the limit is drained and the session goes on")
    func tooLarge() {
        let text = "* 1 FETCH (UID 5 BODY[] {40}\r\n\(String(repeating: "x", count: 40)))\r\na1 OK done\r\n"
        let reading = Reading(text, cutAt: [35, 50], limits: .init(content: 39))
        #expect(reading.fault == nil)
        #expect(reading.items.first == .content(size: 40, wanted: false, octets: []))
        #expect(reading.responses.count == 2)
    }

    @Test(
        "What goes beyond the bounds ends the session",
        arguments: [
            "* OK " + String(repeating: "a", count: 70_000),
            "* OK " + String(repeating: "a", count: 70_000) + "\r\n",
            "* LIST () \"/\" {99999}\r\n",
            "* LIST () \"/\" {18446744073709551615}\r\n",
            "* 1 FETCH (BODY[] {1}\r\na BODY[] {1}\r\na)\r\n",
            "* OK a\u{0}b\r\n",
        ])
    func bounds(text: String) { #expect(Reading(text).fault != nil) }

    @Test("Lists nested without end are refused, and block no other message")
    func nesting() {
        let deep = String(repeating: "(", count: 10_000) + String(repeating: ")", count: 10_000)
        let reading = Reading("* 1 FETCH (UID 3 BODYSTRUCTURE \(deep))\r\n* 2 FETCH (UID 4)\r\n")
        #expect(reading.fault == nil)
        #expect(reading.responses.first == .unreadableFetch(.nestedTooDeep(limit: ResponseParser.depthLimit)))
        #expect(reading.responses.last == .fetch(FetchedMessage(sequence: 2, uid: 4)))
    }

    @Test("No octets whatever crash the reader or keep it going", .timeLimit(.minutes(1)))
    func hostile() {
        var random = SeededGenerator(state: 7)
        let words = Self.session.split(separator: " ").map { Array($0.utf8) }
        for _ in 0..<3_000 {
            var octets: [UInt8] = []
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                octets += words.randomElement(using: &random) ?? []
                octets.append(UInt8.random(in: 0...255, using: &random))
                if Bool.random(using: &random) { octets += Array("\r\n* ".utf8) }
            }
            let cuts = [Int.random(in: 0...octets.count, using: &random)]
            #expect(Reading(octets, cutAt: cuts) == Reading(octets))
        }
    }
}

struct Missing: Error {}

/// SplitMix64: the same run every time.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
