/// A charset of one octet a character that Danish mail is or was written in, and whether octets can be its text.
///
/// A text proves its charset by its words: in any other, letters such as `ø` come out as symbols or capitals in the
/// middle of words. Proven is a charset only when windows-1252 is ruled out, or shown by letters alone.
struct WesternCharset: Sendable {
    /// As iconv(3) knows it.
    let name: String
    /// Characters of the octets from 0x80 on; U+FFFD where there is none.
    private let upper: [Unicode.Scalar]

    private init(name: String, upper: String) {
        self.name = name
        self.upper = Array(upper.unicodeScalars)
    }

    /// The superset of ISO 8859-1 (Unicode, CP1252.TXT).
    static let windows = WesternCharset(
        name: "WINDOWS-1252",
        upper: "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ" + latin)
    /// DOS in Denmark and Norway (Unicode, CP865.TXT); in its Danish letters 850 is the same but for `ø` and `Ø`, which
    /// are the same too.
    static let dos = WesternCharset(
        name: "CP865",
        upper: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø₧ƒáíóúñÑªº¿⌐¬½¼¡«¤░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
            + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}")
    /// The Macintosh before Unicode (Unicode, ROMAN.TXT).
    static let macintosh = WesternCharset(
        name: "MACINTOSH",
        upper: "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø"
            + "¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{FFFD}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ")
    static let all = [windows, dos, macintosh]

    private static let latin = String(
        String.UnicodeScalarView((0xA0...0xFF).compactMap { Unicode.Scalar($0 as UInt32) }))

    /// Letters that words of Danish and its neighbours have; the others prove nothing.
    private static let letters = Set("æøåÆØÅéÉèÈêÊëËàÀáÁâÂäÄöÖüÜßçÇñÑóÓòôÔíÍîïúùûœŒšŠžŽ".unicodeScalars)
    private static let danish = Set("æøåÆØÅéÉüÜöÖäÄ".unicodeScalars)
    /// Marks that are written with Danish; the others prove nothing either.
    private static let marks = Set("’‘´–—•·“”«»…€£§°½®©™²³\u{A0}\u{AD}".unicodeScalars)
    /// Those that stand between two letters now and then.
    private static let joining = Set("’‘´–—•·“”«»…\u{A0}\u{AD}".unicodeScalars)

    func text(of octets: ArraySlice<UInt8>) -> [UInt8] {
        var text = String.UnicodeScalarView()
        for octet in octets { text.append(scalar(octet)) }
        return Array(String(text).utf8)
    }

    private func scalar(_ octet: UInt8) -> Unicode.Scalar {
        octet < 0x80 ? Unicode.Scalar(octet) : upper[Int(octet) - 0x80]
    }

    /// Whether every octet has a meaning that stands well beside its neighbours.
    func isPlausible(_ octets: ArraySlice<UInt8>) -> Bool { fits(octets, letters: nil) }

    /// The charset that octets prove by their words: the only one whose Danish they can be.
    static func proven(by octets: ArraySlice<UInt8>) -> WesternCharset? {
        let fitting = all.filter { $0.fits(octets, letters: $0.name == windows.name ? letters : danish) }
        guard fitting.count == 1, let only = fitting.first else { return nil }
        return only.name == windows.name || !windows.isPlausible(octets) ? only : nil
    }

    /// Whether nothing speaks against the charset; where `letters` are given, other letters and rare marks do.
    private func fits(_ octets: ArraySlice<UInt8>, letters: Set<Unicode.Scalar>?) -> Bool {
        var row = 0
        for index in octets.indices where octets[index] >= 0x80 {
            let scalar = scalar(octets[index])
            let before = index > octets.startIndex ? octets[index - 1] : 0x20
            let after = index + 1 < octets.endIndex ? octets[index + 1] : 0x20
            guard scalar != "\u{FFFD}" else { return false }
            guard scalar.properties.isAlphabetic else {
                let isWithin = Self.isLetter(before) && Self.isLetter(after)
                if isWithin && !Self.joining.contains(scalar) { return false }
                if letters != nil, !Self.marks.contains(scalar) { return false }
                continue
            }
            if let letters, !letters.contains(scalar) { return false }
            if scalar.properties.isUppercase, (0x61...0x7A).contains(before) { return false }
            row = before >= 0x80 ? row + 1 : 1
            // No word of our alphabet has so many of these letters in a row; words of others have little else.
            if row > 3 { return false }
        }
        return true
    }

    private static func isLetter(_ octet: UInt8) -> Bool { (0x61...0x7A).contains(octet | 0x20) }
}
