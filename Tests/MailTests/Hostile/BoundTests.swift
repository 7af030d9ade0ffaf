import Testing

@testable import Mail

/// A mail with a body of its own type.
private func mail(_ type: String, _ body: String, header: String = "") throws -> Letter {
    try letter(
        "From: a@b.example\nDate: Tue, 24 Nov 2026 08:52:11 +0100\nSubject: x\n\(header)Content-Type: \(type)\n\n\(body)"
    )
}

@Suite("Bounds of reading")
struct BoundTests {
    @Test("of the parts of a mail a thousand are read, and the rest is said to be left out", arguments: [10, 5000])
    func parts(_ count: Int) throws {
        let part = "--b\nContent-Type: application/pdf\n\nx\n"
        let read = try mail("multipart/mixed; boundary=b", String(repeating: part, count: count) + "--b--\n")
        #expect(read.attachments.count == min(count, 999))
        #expect(read.defects == (count > 1000 ? ["more than 1000 parts"] : []))
    }

    @Test("of more parts than any mail has, no object is made either", arguments: ["b", "\"b c\""])
    func surplus(_ boundary: String) throws {
        let line = "--" + boundary.filter { $0 != "\"" } + "\n"
        let parts = String(repeating: line + "Content-Type: application/pdf\n\nx\n", count: 10_500)
        let read = try mail("multipart/mixed; boundary=\(boundary)", parts)
        #expect(read.attachments.count == 999)
        #expect(read.defects.first == "more than 10000 parts")
        // Lines that only look like boundaries are somebody's text.
        let lines = String(repeating: "-- og lidt mere\n", count: 10_500)
        let text = try mail("multipart/mixed; boundary=\(boundary)", line + "\n" + lines + line.dropLast() + "--\n")
        #expect(text.defects.isEmpty && text.text.hasSuffix("-- og lidt mere"))
    }

    @Test("parts within parts are read to a depth, and what stands above stays", arguments: [10, 400])
    func depth(_ depth: Int) throws {
        let nested = (1...depth).map { "--b\($0)\nContent-Type: multipart/mixed; boundary=b\($0 + 1)\n\n" }.joined()
        let read = try mail("multipart/mixed; boundary=b1", "--b1\n\nHej\n\(nested)--b\(depth + 1)\n\ndybt\n")
        #expect(read.text.hasPrefix("Hej") && read.text.contains("dybt") == (depth < 50))
        #expect(read.defects.contains("parts nested deeper than 50") == (depth >= 50))
    }

    @Test("mails within mails too: the outer ones are read", arguments: [3, 300])
    func messages(_ depth: Int) throws {
        let inner = (1...depth).map { "From: a@b.example\nSubject: \($0)\nContent-Type: message/rfc822\n\n" }.joined()
        let read = try mail("message/rfc822", inner + "From: c@d.example\nSubject: FW: y\n\nHej")
        #expect(read.form == .forwardAttached && read.original.subject == "1")
    }

    @Test("mails attached as files hold each other a few deep only", arguments: [2, 40])
    func files(_ depth: Int) throws {
        var inner = "From: c@d.example\nSubject: innermost\n\nHej\n"
        for level in 1...depth {
            inner = """
                From: a@b.example
                Subject: \(level)
                Content-Type: multipart/mixed; boundary=b\(level)

                --b\(level)
                Content-Type: application/octet-stream; name="\(level).eml"

                \(inner)
                --b\(level)--

                """
        }
        let read = try letter(inner)
        #expect(read.attachments.count == min(depth, 5))
    }

    @Test("a header has a bounded number of fields, and they a bounded length")
    func header() throws {
        let many = (0..<3000).map { "X-\($0): a\n" }.joined()
        #expect(try mail("text/plain", "Hej", header: many).defects == ["more than 1000 header fields"])
        let long = try letter("From: a@b.example\nSubject: \(String(repeating: "a", count: 1 << 20))\n\nHej")
        #expect(long.subject.utf8.count <= 64 << 10)
    }

    @Test("an address list is read so far only", arguments: [3, 10_000])
    func recipients(_ count: Int) throws {
        let list = String(repeating: "Bo <bo@lund.example>,\n ", count: count - 1) + "a@b.example"
        let read = try mail("text/plain", "Hej", header: "To: \(list)\n")
        #expect(read.to.count == min(count, 1000))
        #expect(read.defects == (count > 1000 ? ["more than 1000 addresses"] : []))
    }

    @Test(
        "groups within groups of addresses do not take the stack",
        arguments: ["To: ", "From : ", "cc:", "Reply-To:\n "],
        [3, 200_000])
    func groups(_ field: String, _ depth: Int) throws {
        let read = try letter("Subject: x\n\(field)" + String(repeating: "a:\n ", count: depth) + "a@b.example;\n\nHej")
        #expect(read.text == "Hej")
        #expect(read.defects.contains("groups within groups of addresses") == (depth > 100))
    }

    @Test("nor do those of a mail that is attached")
    func groupsWithin() throws {
        let inner = "From: \(String(repeating: "a:", count: 200_000))\n\nHej"
        let whole = try mail("message/rfc822", inner)
        #expect(whole.defects == ["groups within groups of addresses"])
        let file = "--b\nContent-Type: application/octet-stream; name=\"a.eml\"\n\n\(inner)\n--b--\n"
        #expect(try mail("multipart/mixed; boundary=b", file).defects == ["groups within groups of addresses"])
    }

    @Test("of a text a MiB is looked at", arguments: ["text/plain", "text/html"])
    func text(_ type: String) throws {
        let read = try mail(type, "Hej " + String(repeating: "æ", count: 1 << 20))
        #expect(read.text.hasPrefix("Hej æ") && read.text.utf8.count <= 1 << 20)
        #expect(read.defects == ["more than 1048576 octets of text in a part"])
    }

    @Test(
        "nothing that is read is longer than what was sent, whatever a text repeats", .timeLimit(.minutes(1)),
        arguments: [
            ">", "> ", ">\n", "> >", "\n", " ", "Fra: a\n", "Fra: a@b.example\n", "Til: a@b.example;\n", "bcc:\n", "_",
            "________________\n", "---------- Forwarded message ---------\n> x\n", "-----Original Message-----\n",
            "-- \n",
            "Den 24.11.2026 kl. 10.12 skrev a@b.example:\n", "skrev:\n", "Mvh\n", "Sendt fra min iPhone\n", "=", "a:",
            "- ",
            "----- Videresendt besked ----- Fra: a Til: b Emne: c ", "\u{A0}", "\u{301}", "[", "<", "\"", "@", "1.",
        ])
    func repeated(_ piece: String) throws {
        let text = String(repeating: piece, count: 100_000 / piece.utf8.count)
        let read = try forward(text)
        let sizes = [read.text, read.quoted, read.note, read.signature, read.forwarderSignature].map(\.utf8.count)
        #expect(sizes.reduce(0, +) <= text.utf8.count)
    }

    @Test(
        "nor HTML, quotation marks and targets of links not counted", .timeLimit(.minutes(1)),
        arguments: [
            "<div>", "<blockquote>", "<br>", "<p>", "<a href=http://aaaaaaaaaaaaaaaaaaaaaaaaaa>aaaaaaaaa",
            "<table><tr><td>", "</i>",
            "<li>", "&nbsp;", "&", "<", "<!--", "<div style='display:none'>a</div>", "<div id=appendonsend>",
        ])
    func repeatedHTML(_ piece: String) throws {
        let html = String(repeating: piece, count: 100_000 / piece.utf8.count)
        #expect(try mail("text/html", html).text.utf8.count <= 2 * html.utf8.count)
    }

    @Test("a forward within a forward is unwrapped to a depth", arguments: [3, 500])
    func forwards(_ depth: Int) throws {
        let text = (1...depth).map {
            "---------- Forwarded message ---------\nFrom: Bo <\($0)@fjordtek.example>\nDate: 24.11.2026\nTo: a@b.example\nSubject: \($0)\n\n"
        }.joined()
        #expect(try forward(text + "Hej").forwardDepth == min(depth, 50))
    }
}
