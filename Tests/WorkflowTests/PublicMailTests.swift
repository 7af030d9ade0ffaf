import Foundation
import Mail
import Testing

@testable import Records
@testable import Workflow

/// Which mail from outside may get a receipt, before anything is proved.
@Suite("Mail at public mailboxes")
struct PublicMailTests {
    private static func house(intake: String = "leads@bücher.example") -> House {
        let from = Mailbox(address: "leads@fjordtek.example")
        let house = House(
            own: OwnPeople(domains: ["fjordtek.example"]), numbers: [], from: from, intake: [], replyTo: from,
            publicURL: nil)
        house.addresses.replace(all: [intake, "salg@fjordtek.example"], open: [intake])
        return house
    }

    private static func mailbox(from: String, envelope: String, to recipient: String, house: House) -> String? {
        let arrival = StoredArrival(
            id: 1, receivedAt: Date(), door: .smtp, envelope: ArrivalEnvelope(from: envelope, recipients: [recipient]),
            trust: .none, isTrustedByDoor: false, isUnverified: false, size: 0, octets: nil, isLarge: false,
            storedAt: Date(), seenAt: Date())
        let mail = Array("From: \(from)\r\nTo: x@fjordtek.example\r\n\r\nHej, hvad koster det?\r\n".utf8)
        return PublicMail.mailbox(of: Reading(of: arrival, octets: mail, house: house), house: house)
    }

    @Test(
        "sender and header agree in whatever way the domain is written",
        arguments: ["bo@blåbær.example", "BO@BLÅBÆR.example", "bo@xn--blbr-roah.example"],
        ["bo@blåbær.example", "Bo@XN--blbr-roah.example"])
    func spelled(_ from: String, _ envelope: String) {
        let house = Self.house()
        for recipient in ["leads+x@xn--bcher-kva.example", "Leads@Bücher.example"] {
            #expect(
                Self.mailbox(from: from, envelope: envelope, to: recipient, house: house)
                    == "leads@xn--bcher-kva.example")
        }
        #expect(Self.mailbox(from: from, envelope: envelope, to: "salg@fjordtek.example", house: house) == nil)
    }

    @Test("another sender than the header says gets none, nor does an intake address of ours")
    func refused() {
        let house = Self.house()
        for (from, envelope) in [
            ("bo@blåbær.example", "bo@blabaer.example"), ("bo@blåbær.example", ""),
            ("leads@xn--bcher-kva.example", "leads@bücher.example"),
            ("leads+a@bücher.example", "leads+a@bücher.example"),
        ] {
            #expect(Self.mailbox(from: from, envelope: envelope, to: "leads@bücher.example", house: house) == nil)
        }
    }

    @Test("a decision goes by one configuration, whatever is taken up meanwhile")
    func exchanged() {
        let house = Self.house()
        let page = house.addresses.current
        house.addresses.replace(all: ["ny@fjordtek.example"], open: [])
        let recipients = ["x@fjordtek.example", "LEADS+a@xn--bcher-kva.example"]
        #expect(page.takesIn(Mailbox(address: "leads@bücher.example")))
        #expect(page.publicMailbox(among: recipients) == "leads@xn--bcher-kva.example")
        #expect(!house.addresses.current.takesIn(Mailbox(address: "leads@bücher.example")))
        #expect(house.addresses.current.publicMailbox(among: recipients) == nil)
        #expect(house.addresses.current.takesIn(Mailbox(address: "NY+a+b@fjordtek.example")))
        #expect(house.intake == ["ny@fjordtek.example"])
    }

    @Test("an intake address with a plus sign is a mailbox of its own")
    func plus() {
        let house = Self.house(intake: "Ny+Kunde@bücher.example")
        let page = house.addresses.current
        #expect(page.publicMailbox(among: ["ny+kunde@xn--bcher-kva.example"]) == "ny+kunde@xn--bcher-kva.example")
        #expect(!page.takesIn(Mailbox(address: "ny@bücher.example")))
        #expect(!page.takesIn(Mailbox(address: "ny+anden@bücher.example")))
    }
}
