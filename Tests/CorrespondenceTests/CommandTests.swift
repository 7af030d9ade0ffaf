import CVR
import Mail
import Testing

@testable import Correspondence

/// Commands by reply, and the address that replies go to.
@Suite("Commands")
struct CommandTests {
    private static let number = "93205189"

    private static func read(_ text: String) throws -> Command? {
        try Command.read(in: text, own: Set([CVRNumber("94617308")].compactMap { $0 }))
    }

    @Test(
        "a line that names a company orders it",
        arguments: [
            "CVR 93205189", "cvr 93205189", "CVR-nr. 93 20 51 89", "CVR: DK93205189", "CVR-nummer 93205189.",
            "forkert firma 93205189", "Forkert firma: 93205189", "forkert firma, CVR 93205189!",
            "wrong company 93205189",
            "WRONG COMPANY CVR no. 93205189", "Hej\n\n  forkert firma 93205189  \n\nMvh Jonas",
            "CVR 93205189\nforkert firma 93205189",
        ])
    func orders(_ text: String) throws {
        let number = try #require(CVRNumber(Self.number))
        #expect(try Self.read(text) == .link(number))
    }

    @Test(
        "a sentence that only speaks of a number orders nothing",
        arguments: [
            "", "Tak!", "Er CVR 93205189 mon rigtigt?", "Deres CVR er vist 93205189", "CVR-nummeret kender jeg ikke",
            "CVR", "93205189", "Det er ikke et forkert firma", "CVR 93205189 er moderselskabet",
            "Nr. 93205189", "Nummer: 93 20 51 89", "no. 5", "Hej, ring til\nNr. 93 20 51 89",
        ])
    func ordersNothing(_ text: String) throws { #expect(try Self.read(text) == nil) }

    @Test("what is meant and cannot be followed says why")
    func faults() throws {
        let (own, first, second) = (
            try #require(CVRNumber("94617308")), try #require(CVRNumber(Self.number)),
            try #require(CVRNumber("91430525"))
        )
        #expect(throws: Command.Fault.missingNumber) { try Self.read("forkert firma") }
        #expect(throws: Command.Fault.missingNumber) { try Self.read("wrong company, it is Vestklit") }
        #expect(throws: Command.Fault.notACVRNumber("93205188")) { try Self.read("forkert firma 93205188") }
        #expect(throws: Command.Fault.notACVRNumber("1234")) { try Self.read("CVR 1234") }
        #expect(throws: Command.Fault.ownNumber(own)) { try Self.read("forkert firma 94617308") }
        #expect(throws: Command.Fault.severalNumbers([first, second])) {
            try Self.read("forkert firma 93205189\nCVR 91430525")
        }
    }

    @Test("a command far down in a long text is not looked for")
    func bounded() throws {
        #expect(try Self.read(String(repeating: "tekst\n", count: 100_000) + "CVR 93205189") == nil)
    }

    @Test("the address of an answer names its message, whatever becomes of its letter case")
    func address() {
        let replies = ReplyAddress(
            intake: Mailbox(name: "Brevdue", address: "leads@fjordtek.example"), key: [UInt8](repeating: 7, count: 32))
        for message in [1, 17, Int64.max] {
            let address = replies.address(about: message).address
            #expect(address.hasPrefix("leads+t\(message)-") && address.hasSuffix("@fjordtek.example"))
            #expect(Mailbox(address: address).localPart.utf8.count <= 64, "RFC 5321 section 4.5.3.1.1")
            #expect(replies.message(in: ["anybody@andre.example", address]) == message)
            #expect(replies.message(in: [address.uppercased()]) == message)
        }
    }

    @Test("an address that was not made with the key names nothing")
    func forgedAddress() {
        let replies = ReplyAddress(
            intake: Mailbox(address: "leads@fjordtek.example"), key: [UInt8](repeating: 7, count: 32))
        let other = ReplyAddress(
            intake: Mailbox(address: "leads@fjordtek.example"), key: [UInt8](repeating: 8, count: 32))
        let address = replies.address(about: 17).address
        let forged = [
            other.address(about: 17).address, address.replacing("t17-", with: "t18-"),
            address.replacing("-", with: "-0"),
            "leads+t17-@fjordtek.example", "leads+t17@fjordtek.example",
            "leads+@fjordtek.example", "leads@fjordtek.example", "", "+", "leads+t-1-ab@fjordtek.example",
        ]
        for text in forged {
            #expect(replies.message(in: [text]) == nil, "\(text)")
        }
    }
}
