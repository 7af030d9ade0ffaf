import Mail
import Testing

@testable import Correspondence

@Suite("Addresses for reports on our mails")
struct BounceAddressTests {
    private static let key = [UInt8](repeating: 7, count: 32)
    private static let bounces = ReplyAddress(intake: Mailbox(address: "Leads@fjordtek.example"), key: key).bounces
    private static let effect = (0..<32).map { UInt8($0) }

    @Test("the address names the mail, in any case and among others")
    func roundTrip() {
        let address = Self.bounces.address(of: Self.effect)
        #expect(address.hasPrefix("Leads+b-00010203040506070809-") && address.hasSuffix("@fjordtek.example"))
        #expect(Mailbox(address: address).localPart.utf8.count <= 64)
        #expect(Self.bounces.mark(in: ["a@b.example", address.uppercased()]) == "00010203040506070809")
    }

    @Test("an address that is not ours names none", arguments: 0..<6)
    func forged(_ place: Int) {
        let address = Self.bounces.address(of: Self.effect)
        let other = ReplyAddress(
            intake: Mailbox(address: "leads@fjordtek.example"), key: [UInt8](repeating: 8, count: 32))
        let forged = [
            address.replacing("b-0001", with: "b-0002"), address.replacing("@", with: "0@"),
            address.replacing("+b-", with: "+t-"), "leads+b--@fjordtek.example", "leads@fjordtek.example",
            other.bounces.address(of: Self.effect),
        ]
        #expect(Self.bounces.mark(in: [forged[place]]) == nil)
    }

    @Test("a token for answers is none for reports, and the other way round")
    func separate() {
        let replies = ReplyAddress(intake: Mailbox(address: "leads@fjordtek.example"), key: Self.key)
        #expect(replies.bounces.mark(in: [replies.address(about: 7).address]) == nil)
        #expect(replies.message(in: [replies.bounces.address(of: Self.effect)]) == nil)
    }
}
