import Foundation

/// Brings a password into the one form that every client of SASL sends (RFC 4013, SASLprep).
///
/// Applied: spaces of other scripts become U+0020 (table C.1.2 of RFC 3454), what is invisible goes (table B.1), and
/// NFKC. Not applied: the refusal of unassigned and control characters and the rule on mixed directions; a password
/// with them is taken as it is, as PostgreSQL does.
enum SASLPreparation {
    static func prepare(_ password: String) -> String {
        // Nearly every password: ASCII is its own preparation.
        if password.utf8.allSatisfy({ $0 < 0x80 }) { return password }
        var mapped = String.UnicodeScalarView()
        for scalar in password.unicodeScalars {
            if isInvisible(scalar) { continue }
            mapped.append(isSpace(scalar) ? " " : scalar)
        }
        return String(mapped).precomposedStringWithCompatibilityMapping
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00A0, 0x1680, 0x2000...0x200B, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00AD, 0x034F, 0x1806, 0x180B...0x180D, 0x200C...0x200D, 0x2060, 0xFE00...0xFE0F, 0xFEFF: true
        default: false
        }
    }
}
