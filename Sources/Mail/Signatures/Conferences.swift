/// What programs for meetings write into an invitation: how to take part by link, number and code, which nobody says.
///
/// A new maker or language is an entry, how a line begins in lower case.
enum Conferences {
    /// Lines that such a block begins with; details must follow.
    private static let openers = octets([
        // Microsoft Teams
        "microsoft teams",
        // Google Meet
        "join with google meet", "join by google meet", "google meet joining info", "deltag med google meet",
        "deltag via google meet", "delta med google meet", "anslut med google meet", "mit google meet teilnehmen",
        // Zoom
        "join zoom meeting", "deltag i zoom-møde", "deltag i zoom møde", "delta i zoom-møte", "anslut till zoom-möte",
        "zoom-meeting beitreten",
        // Webex
        "join webex meeting", "deltag i webex-møde", "join from the meeting link",
    ])

    /// Words within the first line, behind the name of whoever invites.
    private static let invitations = octets([
        "inviting you to a scheduled zoom meeting", "inviterer dig til et planlagt zoom-møde",
        "inviterer dig til et planlagt zoom møde", "inviterer deg til et planlagt zoom-møte",
        "bjuder in dig till ett schemalagt zoom-möte", "lädt sie zu einem geplanten zoom-meeting ein",
    ])

    /// Lines within it.
    private static let details = octets([
        // Danish
        "deltag i møde", "deltag på ", "deltag via ", "klik her for at deltage", "møde-id", "mødets id", "møde id",
        "mødenummer", "adgangskode", "pinkode", "pin-kode", "ring op via telefon", "eller ring op", "ring op efter",
        "find et lokalt nummer", "find dit lokale nummer", "telefonkonference-id", "konference-id", "video-id",
        "lejernøgle", "videokonference", "for arrangør", "til arrangør", "til organisator", "for organisator",
        "mødeindstillinger", "nulstil pin", "download teams", "få mere at vide", "flere oplysninger",
        "flere telefonnumre", "link til møde", "mødelink", "en-tryks mobil", "ét-tryks mobil", "et-tryks mobil",
        "har du brug for hjælp", "emne:", "tid:", "klokkeslæt:",
        // English
        "join the meeting", "join zoom meeting", "join on your computer", "join on a video", "join by phone",
        "join by meeting number", "join from ", "join with a video", "click here to join", "meeting id",
        "meeting number", "meeting link", "video call link", "passcode", "password:", "meeting password", "pin:",
        "dial in by phone", "dial by your location", "or dial", "or call in", "find a local number",
        "find your local number", "phone conference id", "conference id", "video id", "tenant key", "video conference",
        "for organizers", "for organisers", "meeting options", "reset dial-in pin", "reset pin", "learn more",
        "more phone numbers", "more info", "one tap mobile", "need help?", "topic:", "time:", "privacy and security",
        // Swedish, Norwegian, German
        "anslut till möte", "anslut på ", "mötes-id", "lösenord", "ring in via telefon", "hitta ett lokalt nummer",
        "telefonkonferens-id", "mötesalternativ", "för organisatörer", "återställ pin", "delta i møte",
        "bli med i møte", "bli med på møte", "møte-id", "passord", "ring inn via telefon", "finn et lokalt nummer",
        "møtealternativer", "tilbakestill pin", "jetzt an der besprechung teilnehmen", "an der besprechung teilnehmen",
        "besprechungs-id", "passcode", "kenncode", "per telefon einwählen", "lokale nummer suchen",
        "eine ortsrufnummer suchen", "telefonkonferenz-id", "für organisatoren", "besprechungsoptionen",
        "einwahl-pin zurücksetzen", "benötigen sie hilfe",
    ])

    /// Lines at the end of a text that are looked at, blank ones not counted.
    private static let reach = 80
    /// Lines of a block at most, and those below its first that must tell.
    private static let longest = 40
    private static let telling = 6

    /// The text without such blocks, and these one below the other; a text that is nothing else stays whole.
    static func divided(_ lines: [TextLine]) -> (text: [TextLine], blocks: [TextLine]) {
        var (text, blocks) = (lines, [TextLine]())
        // Two programs may have written theirs.
        for _ in 0..<2 {
            guard let block = first(in: text) else { break }
            blocks += (blocks.isEmpty ? [] : [TextLine(octets: [])]) + text[block]
            text.removeSubrange(block)
        }
        return blocks.isEmpty || text.allSatisfy(\.isBlank) ? (lines, []) : (text, blocks)
    }

    /// The first block of the last lines, the rules around it included.
    static func first(in lines: [TextLine]) -> Range<Int>? {
        let last = places(of: lines)
        guard let place = last.indices.first(where: { opens(lines, last[$0...]) }) else { return nil }
        let rule = place > 0 && isRule(lines[last[place - 1]]) ? last[place - 1] : nil
        let within = last[place...].prefix(longest)
        let closed = rule.flatMap { closing(of: lines, within, like: $0) }
        let end = closed.map { goesOn(lines, within, from: $0) } ?? detailed(lines, within)
        return (rule ?? last[place])..<(end + 1)
    }

    /// Places of the last lines, in order.
    private static func places(of lines: [TextLine]) -> [Int] {
        var places: [Int] = []
        for index in lines.indices.reversed() where !lines[index].isBlank {
            places.append(index)
            if places.count == reach { break }
        }
        return places.reversed()
    }

    /// Whether a block begins at the first place: two lines or more below it hold its details.
    private static func opens(_ lines: [TextLine], _ places: ArraySlice<Int>) -> Bool {
        guard let place = places.first else { return false }
        let line = folded(lines[place])
        let isOpener = openers.contains { line.starts(with: $0) } || invitations.contains { line.contains(octets: $0) }
        guard isOpener else { return false }
        return places.dropFirst().prefix(telling).count { isDetail(lines[$0], isBelow: true) } > 1
    }

    /// The rule that closes what one of the same length opened, with no letter's end between them.
    private static func closing(of lines: [TextLine], _ places: ArraySlice<Int>, like rule: Int) -> Int? {
        let length = lines[rule].octets.trimmingSpaces.count
        for place in places {
            if Closings.isClosing(lines[place].octets) { return nil }
            if isRule(lines[place]), lines[place].octets.trimmingSpaces.count == length { return place }
        }
        return nil
    }

    /// The end of the block where details follow a rule, which divides it then; else the rule.
    private static func goesOn(_ lines: [TextLine], _ places: ArraySlice<Int>, from rule: Int) -> Int {
        let rest = places.drop { $0 < rule }
        guard let next = rest.dropFirst().first, isDetail(lines[next], isBelow: false) else { return rule }
        return detailed(lines, rest)
    }

    /// The last of the details that follow each other.
    private static func detailed(_ lines: [TextLine], _ places: ArraySlice<Int>) -> Int {
        var end = places.first ?? 0
        for place in places.dropFirst() {
            if isDetail(lines[place], isBelow: place == end + 1) || isRule(lines[place]) {
                end = place
            } else if !isDivider(lines[place]) {
                break
            }
        }
        return end
    }

    /// `isBelow`: whether it stands right below another; only there links and numbers are of the block.
    private static func isDetail(_ line: TextLine, isBelow: Bool) -> Bool {
        let lower = folded(line)
        let isKnown = details.contains { lower.starts(with: $0) } || openers.contains { lower.starts(with: $0) }
        if isKnown || lower.contains(octets: ",,".utf8) { return true }
        guard isBelow else { return false }
        return lower.contains(octets: "://".utf8) || lower.first == UInt8(ascii: "+") && lower.count < 80
    }

    private static func folded(_ line: TextLine) -> [UInt8] {
        Folding.lower(line.octets.trimming("*_<>[-|").prefix(200))
    }

    private static func isRule(_ line: TextLine) -> Bool { ForwardMarkers.isRule(line) }

    /// Dashes and the like between two parts of a block.
    private static func isDivider(_ line: TextLine) -> Bool {
        line.octets.trimmingSpaces.allSatisfy { "-_~:*".utf8.contains($0) }
    }

    private static func octets(_ phrases: [String]) -> [[UInt8]] { phrases.map { Array($0.utf8) } }
}
