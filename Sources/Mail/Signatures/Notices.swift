/// What machines write into a mail on its way: warnings above the text, findings and disclaimers below it.
///
/// A new one is an entry: how its first line begins in lower case, and for beginnings that people write too, words of
/// which one stands in the same paragraph.
enum Notices {
    private struct Entry: Sendable {
        var beginning: [UInt8]
        var words: [[UInt8]]

        init(_ beginning: String, _ words: [String] = []) {
            self.beginning = Array(beginning.utf8)
            self.words = words.map { Array($0.utf8) }
        }
    }

    private static let outside = [
        "ekstern afsender", "fra en ekstern", "external sender", "external email", "external e-mail",
        "originated from outside", "outside of the organi", "outside of your organi", "outside the organi",
        "outside your organi", "outside the company", "outside of the company", "uden for organisation",
        "uden for virksomhed", "mail kommer udefra", "mailen kommer udefra", "klik ikke på link", "do not click",
        "don't click",
    ]

    /// Above the text, by the reader's own mail server (Exchange, Proofpoint, Mimecast and others).
    private static let warnings = [
        Entry("caution", outside), Entry("warning", outside), Entry("advarsel", outside), Entry("pas på", outside),
        Entry("obs", outside), Entry("bemærk", outside),
        Entry("external email", outside), Entry("external sender", outside), Entry("external message", outside),
        Entry("external:", outside),
        Entry("ekstern e-mail:"), Entry("ekstern mail:"), Entry("ekstern afsender:"),
        Entry("this email originated from outside"), Entry("this e-mail originated from outside"),
        Entry("this message originated from outside"), Entry("this email is from an external"),
        Entry("this message was sent from outside"), Entry("this email came from outside"),
        Entry("this email was sent from outside"), Entry("this message is from an external"),
        Entry("denne e-mail kommer fra en ekstern"), Entry("denne mail kommer fra en ekstern"),
        Entry("denne e-mail er sendt fra en ekstern"), Entry("denne mail er sendt fra en ekstern"),
        Entry("denne e-mail er sendt uden for"), Entry("denne mail er sendt uden for"),
        Entry("denne e-mail kommer uden for"), Entry("denne mail kommer udefra"), Entry("denne e-mail kommer udefra"),
        Entry("denne e-mail er sendt fra en afsender uden for"), Entry("denne mail er sendt fra en afsender uden for"),
        Entry("denne meddelelse er sendt fra en ekstern"), Entry("denne besked er sendt fra en ekstern"),
        Entry("you don't often get email from"), Entry("some people who received this message don't often get"),
        Entry("du får ikke ofte mails fra"), Entry("du modtager ikke ofte mails fra"),
        Entry("du modtager ikke ofte mail fra"), Entry("du får ikke ofte mail fra"),
        Entry("nogle personer, der modtog denne"),
    ]

    /// What a disclaimer speaks of, and a person who writes `Fortroligt:` does not.
    private static let recipients = [
        "modtager", "tiltænkt", "tavshedspligt", "ved en fejl", "recipient", "intended", "addressee", "privileged",
    ]

    /// Below the text: scanners of viruses, disclaimers, and what is said of paper.
    private static let footers = [
        Entry("this email has been checked for viruses"), Entry("this e-mail has been checked for viruses"),
        Entry("this email has been scanned"), Entry("this e-mail has been scanned"),
        Entry("this message has been scanned"), Entry("scanned by mailscanner"), Entry("virus-free."),
        Entry("virusfri."), Entry("no virus found in this"), Entry("ingen virus fundet i denne"),
        Entry("denne e-mail er blevet kontrolleret for"), Entry("denne mail er blevet kontrolleret for"),
        Entry("denne e-mail er kontrolleret for"), Entry("denne mail er kontrolleret for"),
        Entry("denne e-mail blev kontrolleret for"), Entry("denne e-mail er scannet"),
        Entry("denne mail er scannet"), Entry("denne e-mail er blevet scannet"), Entry("denne mail er blevet scannet"),
        Entry("denne e-mail er beskyttet af"), Entry("disclaimer:", recipients),
        Entry("ansvarsfraskrivelse:", recipients), Entry("confidentiality notice:"), Entry("fortrolighedserklæring:"),
        Entry("fortroligt:", recipients), Entry("fortrolighed:", recipients),
        Entry("this e-mail is confidential", recipients), Entry("this email is confidential", recipients),
        Entry("this message is confidential", recipients), Entry("this e-mail contains", recipients),
        Entry("this email contains", recipients), Entry("this message contains", recipients),
        Entry("this e-mail and any"), Entry("this email and any"), Entry("this message and any"),
        Entry("this e-mail is intended"), Entry("this email is intended"), Entry("this message is intended"),
        Entry("this e-mail may contain"), Entry("this email may contain"), Entry("this message may contain"),
        Entry("this e-mail (and any"), Entry("this email (and any"), Entry("this e-mail, including any"),
        Entry("this email, including any"), Entry("the information in this e-mail"),
        Entry("the information in this email"),
        Entry("the information contained in this"), Entry("the contents of this e-mail"),
        Entry("the contents of this email"),
        Entry("if you are not the intended recipient"), Entry("if you have received this e-mail"),
        Entry("if you have received this email"),
        Entry("if you have received this message"),
        Entry("denne e-mail", ["fortrolig", "tavshedspligt", "rette modtager", "tiltænkt"]),
        Entry("denne mail", ["fortrolig", "tavshedspligt", "rette modtager", "tiltænkt"]),
        Entry("denne meddelelse", ["fortrolig", "tavshedspligt", "rette modtager", "tiltænkt"]),
        Entry("denne besked", ["fortrolig", "tavshedspligt", "rette modtager", "tiltænkt"]),
        Entry("oplysningerne i denne", ["fortrolig", "modtager"]),
        Entry("indholdet af denne", ["fortrolig", "modtager"]),
        Entry("e-mailen kan indeholde fortrolig"), Entry("mailen kan indeholde fortrolig"),
        Entry("hvis du ikke er den rette modtager"), Entry("hvis du har modtaget denne", ["fejl"]),
        Entry("er du ikke rette modtager"), Entry("please consider the environment", ["print"]),
        Entry("think before you print"),
        Entry("tænk på miljøet", ["print", "udskriv"]), Entry("skån miljøet", ["print", "udskriv"]),
    ]

    /// Lines of a warning, of a footer and the paragraphs below it, at most.
    private static let longest = (warning: 5, footer: 30)

    /// Lines of the warning that a text begins with, the blank ones around it too; 0 without one.
    static func warning(_ lines: [TextLine]) -> Int {
        var end = 0
        // Two servers may have warned.
        for _ in 0..<2 {
            guard let start = lines[end...].prefix(4).firstIndex(where: { !$0.isBlank }),
                matches(start, lines, warnings)
            else { break }
            let paragraph = paragraph(at: start, lines)
            end = paragraph.count <= longest.warning ? paragraph.endIndex : start + 1
        }
        return end
    }

    /// The line that the first footer of the last lines begins at.
    static func footer(_ lines: [TextLine]) -> Int? { footers(lines).last }

    /// The lines that footers of the last lines begin at, the last one first.
    static func footers(_ lines: [TextLine]) -> [Int] {
        let reach = lines.indices.reversed().lazy.filter { !lines[$0].isBlank }.prefix(longest.footer)
        return reach.filter { ($0 == 0 || !goesOn(lines[$0 - 1])) && matches($0, lines, footers) }
    }

    /// A long line that ends within a sentence goes on in the next.
    private static func goesOn(_ line: TextLine) -> Bool {
        let octets = line.octets.trimmingSpacesAtEnd
        guard octets.count > 50, let last = octets.last else { return false }
        return last == UInt8(ascii: ",") || (0x61...0x7A).contains(last) || last >= 0x80
    }

    private static func paragraph(at start: Int, _ lines: [TextLine]) -> ArraySlice<TextLine> {
        lines[start...].prefix(longest.warning + 1).prefix { !$0.isBlank }
    }

    private static func matches(_ start: Int, _ lines: [TextLine], _ entries: [Entry]) -> Bool {
        var line = Folding.lower(lines[start].octets.trimmingSpaces.prefix(400)).drop { " *_-[>!".utf8.contains($0) }
        guard let first = line.first, first >= 0x61 else { return false }
        // A heading may stand without its colon.
        line.append(UInt8(ascii: ":"))
        let found = entries.filter { line.starts(with: $0.beginning) && !isLetter(line, at: $0.beginning.count) }
        guard !found.isEmpty else { return false }
        var reach = paragraph(at: start, lines)
        // A heading by itself is one of the paragraph below it.
        if reach.count == 1, let next = lines[reach.endIndex...].firstIndex(where: { !$0.isBlank }) {
            reach = lines[start..<paragraph(at: next, lines).endIndex]
        }
        let text = reach.reduce(into: [UInt8]()) {
            $0 += Folding.lower($1.octets.prefix(1000)) + [0x20]
        }
        return found.contains { $0.words.isEmpty || $0.words.contains { text.contains(octets: $0) } }
    }

    private static func isLetter(_ line: ArraySlice<UInt8>, at offset: Int) -> Bool {
        let next = line.dropFirst(offset).first ?? 0x20
        let last = line.dropFirst(offset - 1).first ?? 0x20
        return (0x61...0x7A).contains(next) && (0x61...0x7A).contains(last)
    }
}
