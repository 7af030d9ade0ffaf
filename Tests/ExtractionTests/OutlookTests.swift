import Extraction
import Foundation
import Mail
import TestSupport
import Testing

@Suite("Mails of Outlook's own forms as attachments", .timeLimit(.minutes(1)))
struct OutlookTests {
    /// Message of 24 November 2026, 07:52:11 UTC.
    private static let fixture = OutlookFixture(
        properties: [
            (0x001A, .wide("IPM.Note")), (0x0037, .wide("Tilbud på hæveborde – 12 stk.")),
            (0x0039, .time(1_795_506_731)),
            (0x1035, .wide("<a1@nordlys.example>")), (0x1042, .wide("<before@fjordtek.example>")),
            (0x0042, .wide("Søren Bækgård")), (0x0064, .wide("SMTP")), (0x0065, .wide("soren@nordlys.example")),
            (0x1000, .wide("Hej Mette\r\n\r\nVi ønsker 12 hæveborde.\r\n\r\nSøren Bækgård\r\n")),
        ],
        recipients: [
            [
                (0x0C15, .integer(1)), (0x3001, .wide("Mette Holm")), (0x3002, .wide("SMTP")),
                (0x3003, .wide("mh@fjordtek.example")),
            ],
            [
                (0x0C15, .integer(2)), (0x3001, .wide("Lager")), (0x3002, .wide("EX")),
                (0x3003, .wide("/O=NORD/CN=LAGER")),
                (0x39FE, .wide("lager@nordlys.example")),
            ],
        ],
        attachments: [
            .init(properties: [
                (0x3701, .octets(Array("Vare;Antal\r\nBord;12\r\n".utf8))), (0x3707, .wide("bestilling æøå.csv")),
                (0x370E, .wide("text/csv")),
            ]),
            .init(
                properties: [(0x3705, .integer(5))],
                message: OutlookFixture(properties: [
                    (0x0037, .wide("Det oprindelige")), (0x1000, .wide("Inderst.")), (0x0042, .wide("Bo Lund")),
                    (0x0064, .wide("SMTP")), (0x0065, .wide("bo@lund.example")),
                ])),
        ])

    private func letter(_ reading: AttachmentReading) throws -> Letter {
        #expect(reading.outcome == .message, "\(reading)")
        return try Letter(try #require(reading.message), reading: ReadingOptions())
    }

    @Test("a .msg is a mail: header, text, files and the mail within it")
    func message() async throws {
        let letter = try letter(await reading(Self.fixture.file, "application/octet-stream", named: "Tilbud.msg"))
        #expect(letter.subject == "Tilbud på hæveborde – 12 stk.")
        #expect(letter.from == [Mailbox(name: "Søren Bækgård", address: "soren@nordlys.example")])
        #expect(letter.to == [Mailbox(name: "Mette Holm", address: "mh@fjordtek.example")])
        #expect(letter.cc == [Mailbox(name: "Lager", address: "lager@nordlys.example")])
        #expect(letter.messageID == "<a1@nordlys.example>" && letter.inReplyTo == ["<before@fjordtek.example>"])
        #expect(letter.date.instant == Date(timeIntervalSince1970: 1_795_506_731))
        #expect(letter.attachments.map(\.filename) == ["bestilling æøå.csv"])
        #expect(letter.attachments.map(\.size) == [21])
        let octets = String(decoding: try #require(await reading(Self.fixture.file).message), as: UTF8.self)
        #expect(octets.utf8.allSatisfy { $0 < 0x80 })
        #expect(octets.contains("Subject: Det oprindelige\r\n"))
    }

    @Test("a winmail.dat holds the text and the files")
    func winmail() async throws {
        let letter = try letter(await reading(Self.fixture.winmail, "application/ms-tnef", named: "winmail.dat"))
        #expect(letter.subject == "Tilbud på hæveborde – 12 stk.")
        #expect(letter.from == [Mailbox(name: "Søren Bækgård", address: "soren@nordlys.example")])
        #expect(letter.attachments.map(\.filename) == ["bestilling æøå.csv"])
        let octets = String(decoding: try #require(await reading(Self.fixture.winmail).message), as: UTF8.self)
        #expect(octets.contains("Subject: Det oprindelige\r\n"))
    }

    @Test("without a body of its own, the text is what the packed RTF says")
    func packed() async throws {
        // The example of MS-OXRTFCP section 4.1.1.
        let hello: [UInt8] = [
            0x2D, 0, 0, 0, 0x2B, 0, 0, 0, 0x4C, 0x5A, 0x46, 0x75, 0xF1, 0xC5, 0xC7, 0xA7, 0x03, 0, 0x0A, 0, 0x72, 0x63,
            0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0A, 0xF3, 0x20, 0x68, 0x65, 0x6C, 0x09, 0, 0x20, 0x62, 0x77,
            0x05,
            0xB0, 0x6C, 0x64, 0x7D, 0x0A, 0x80, 0x0F, 0xA0,
        ]
        let fixture = OutlookFixture(properties: [(0x0037, .wide("Hej")), (0x1009, .octets(hello))])
        for octets in [fixture.file, fixture.winmail] {
            let letter = try letter(await reading(octets))
            #expect(letter.text == "hello world")
        }
    }

    @Test("HTML that Outlook wrapped in RTF comes out as HTML")
    func wrapped() async throws {
        let rtf = Array(
            #"{\rtf1\ansi\ansicpg1252\fromhtml1{\*\htmltag64 <p>}\htmlrtf{\b\htmlrtf0 Vi \'f8nsker {\*\htmltag84 <b>}12 borde{\*\htmltag92 </b>}\htmlrtf}\htmlrtf0{\*\htmltag72 </p>}}"#
                .utf8)
        // Not packed, but framed (section 2.1.3.1.4).
        var framed: [UInt8] = []
        framed.add32(rtf.count + 12)
        framed.add32(rtf.count)
        framed.add32(0x414C_454D)
        framed.add32(0)
        let fixture = OutlookFixture(properties: [(0x0037, .wide("Hej")), (0x1009, .octets(framed + rtf))])
        let letter = try letter(await reading(fixture.file))
        #expect(letter.text == "Vi ønsker 12 borde")
        #expect(letter.textPart == "text/html")
    }

    @Test("texts of one octet a letter are read by the message's code page")
    func narrow() async throws {
        let fixture = OutlookFixture(properties: [
            (0x3FFD, .integer(1250)), (0x0037, .narrow([0xA3, 0xF3, 0x64, 0x9F])), (0x1000, .narrow(Array("Tak".utf8))),
        ])
        #expect(try letter(await reading(fixture.file)).subject == "Łódź")
    }

    @Test("a sender within an organisation is known by the header that came along")
    func exchange() async throws {
        let header =
            "Received: by mx\r\nFrom: =?utf-8?Q?Bo_S=C3=B8rensen?=\r\n <bo@lund.example>\r\nMessage-ID: <x@lund.example>\r\n\r\n"
        let fixture = OutlookFixture(properties: [
            (0x0037, .wide("Hej")), (0x0042, .wide("Bo Sørensen")), (0x0064, .wide("EX")),
            (0x0065, .wide("/O=LUND/CN=BO")),
            (0x007D, .wide(header)), (0x1000, .wide("Hej")),
        ])
        let letter = try letter(await reading(fixture.file))
        #expect(letter.from == [Mailbox(name: "Bo Sørensen", address: "bo@lund.example")])
        #expect(letter.messageID == "<x@lund.example>")
    }

    @Test("no value of a message begins a field or a part of its own")
    func injection() async throws {
        let fixture = OutlookFixture(
            properties: [
                (0x0037, .wide("Hej\r\nBcc: all@evil.example")), (0x1035, .wide("<a@b.example>\r\nX-Evil: 1")),
                (0x0042, .wide("Bo\r\nX-Evil: 2")), (0x0064, .wide("SMTP")),
                (0x0065, .wide("bo@lund.example>\r\nX-Evil: 3")),
                (0x1000, .wide("--=_mixed-0\r\nX-Evil: 4")),
            ],
            attachments: [
                .init(properties: [
                    (0x3701, .octets([1])), (0x3707, .wide("a\r\nX-Evil: 5\".csv")),
                    (0x370E, .wide("text/csv\r\nX-Evil: 6")),
                    (0x3712, .wide("id>\r\nX-Evil: 7")),
                ])
            ])
        let octets = String(decoding: try #require(await reading(fixture.file).message), as: UTF8.self)
        #expect(!octets.contains("\nX-Evil") && !octets.contains("\nBcc"), "\(octets)")
        let letter = try letter(await reading(fixture.file))
        #expect(letter.attachments.count == 1)
    }

    @Test("a signed mail is the one that was sent: the header of the message, the content of its one attachment")
    func signed() async throws {
        let entity =
            "X-Evil: 1\r\nContent-Type: multipart/signed;\r\n boundary=b\r\nFrom: evil@x.example\r\n\r\n"
            + "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nVi ønsker 12 borde.\r\n--b\r\n"
            + "Content-Type: application/pkcs7-signature\r\n\r\nxyz\r\n--b--\r\n"
        let fixture = OutlookFixture(
            properties: [
                (0x001A, .wide("IPM.Note.SMIME.MultipartSigned")), (0x0037, .wide("Tilbud")),
                (0x5D01, .wide("bo@lund.example")),
            ],
            attachments: [
                .init(properties: [(0x3701, .octets(Array(entity.utf8))), (0x370E, .wide("multipart/signed"))])
            ])
        for octets in [fixture.file, fixture.winmail] {
            let letter = try letter(await reading(octets))
            #expect(letter.text == "Vi ønsker 12 borde." && letter.attachments.isEmpty && letter.subject == "Tilbud")
            #expect(letter.from == [Mailbox(address: "bo@lund.example")])
        }
    }

    @Test("a winmail.dat of any size, with faults in it, gives what is there")
    func large() async throws {
        let text = String(repeating: "Vi ønsker 12 hæveborde til kontoret i Aarhus.\r\n", count: 20_000)
        var fixture = Self.fixture
        fixture.properties.removeLast()
        fixture.properties.append((0x1000, .wide(text)))
        var octets = fixture.winmail
        // An attribute without octets, a sum that is wrong, and an end that is missing.
        octets.insert(contentsOf: [1, 0x08, 0x80, 7, 0, 0, 0, 0, 0, 0, 0], at: 6)
        octets[30] ^= 0xFF
        octets.removeLast(300)
        let reading = await reading(octets)
        let letter = try letter(reading)
        #expect(letter.attachments.map(\.filename) == ["bestilling æøå.csv"])
        #expect(letter.text.hasPrefix("Vi ønsker 12 hæveborde"))
        #expect(reading.message?.count ?? 0 > 1_250_000)
    }

    @Test("RTF that is framed and not packed, with references and without an end")
    func references() async throws {
        // Fifteen letters from the beginning that every text has, then two of its own.
        let packed: [UInt8] = [0b0000_0001, 0x00, 0x0D, 0x20, 0x41]
        var octets: [UInt8] = []
        octets.add32(packed.count + 12)
        octets.add32(17)
        octets += Array("LZFu".utf8) + [0, 0, 0, 0] + packed
        let fixture = OutlookFixture(properties: [(0x0037, .wide("Hej")), (0x1009, .octets(octets))])
        let reading = await reading(fixture.file)
        // `{\rtf1\ansi\mac` and `A`, of which only the last is shown.
        #expect(try letter(reading).text == "A", "\(reading)")
    }
}
