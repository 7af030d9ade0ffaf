/// Mails made for tests, each its own.
package enum SampleMail {
    /// A Danish Outlook forward by one of our own people; `number` makes it differ from every other.
    package static func forward(_ number: Int, cvr: String? = nil, run: String = "a") -> [UInt8] {
        let cvr = cvr ?? self.cvr(number)
        let text = """
            From: Jonas Holm <jh@fjordtek.example>
            To: leads@fjordtek.example
            Subject: VS: Bilag \(number)
            Date: Tue, 24 Nov 2026 08:52:11 +0100
            Message-ID: <\(run).\(number)@fjordtek.example>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            Mvh Jonas

            Fra: Mette Lyngholm <m\(number)@kunde\(number).example>
            Sendt: 23. november 2026 14:37
            Til: Jonas Holm <jh@fjordtek.example>
            Emne: Bilag \(number)

            Hej Jonas

            Vi modtager omkring 900 leverandørfakturaer om måneden, og vi er 12 brugere.

            Venlig hilsen
            Mette Lyngholm
            CVR-nr. \(cvr)

            """
        return Array(text.replacing("\n", with: "\r\n").utf8)
    }

    /// A Danish forward of what a customer wrote, with a note of ours above it.
    package static func forward(note: String, _ text: String) -> [UInt8] {
        Array(
            """
            From: Jonas Holm <jh@fjordtek.example>
            Subject: VS: Pris
            Date: Tue, 24 Nov 2026 08:52:11 +0100
            Content-Type: text/plain; charset=utf-8

            \(note)

            Fra: Mette Lyngholm <mly@vestklit.example>
            Sendt: 23. november 2026 14:37
            Til: Jonas Holm <jh@fjordtek.example>
            Emne: Pris

            \(text)
            """.utf8)
    }

    /// The same kind of mail with an attachment that makes it larger than what is kept in memory.
    package static func large(_ number: Int, octets: Int = 3 << 20, run: String = "large") -> [UInt8] {
        let mail = String(decoding: forward(number, run: run), as: UTF8.self)
        let line = "QnJldmR1ZSBlciBlbiBicmV2ZHVlLiBEZW4gZmx5dmVyIGhqZW0gbWVkIGJyZXZl\r\n"
        let part = "\r\n--del\r\nContent-Type: "
        let text = mail.replacing(
            "Content-Type: text/plain; charset=utf-8",
            with: "Content-Type: multipart/mixed; boundary=del\r\n" + part + "text/plain; charset=utf-8")
        return Array(
            (text + part + "application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
                + "Content-Disposition: attachment; filename=bilag.bin\r\n\r\n"
                + String(repeating: line, count: octets / line.utf8.count) + "\r\n--del--\r\n").utf8)
    }

    /// A valid company number for each number, our own left out.
    package static func cvr(_ number: Int) -> String {
        var candidate = 9_000_000 + number
        while true {
            let digits = String(candidate).compactMap(\.wholeNumberValue)
            let sum = zip(digits, [2, 7, 6, 5, 4, 3, 2]).reduce(0) { $0 + $1.0 * $1.1 }
            let check = (11 - sum % 11) % 11
            if check != 10, candidate != 9_461_730 { return "\(candidate)\(check)" }
            candidate += 500_000
        }
    }
}
