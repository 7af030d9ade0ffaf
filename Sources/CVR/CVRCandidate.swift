/// Eight digits in a text that may be a company number.
package struct CVRCandidate: Hashable, Sendable {
    /// What stands before the digits.
    package enum Label: String, Sendable, Comparable {
        /// Nothing that says what they are.
        case bare
        /// `DK`, as in an EU VAT number.
        case prefixed
        /// `CVR-nr.`, `Moms-nr.`, `VAT no` …
        case labelled

        package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .bare: 0
            case .prefixed: 1
            case .labelled: 2
            }
        }
    }

    /// The eight digits without separators.
    package var digits: String
    package var label: Label
    /// Whether the label is `SE-nr.`: the tax number of a part of a company, which may differ from its CVR number.
    package var isSE = false
    /// Whether the label is one that other countries give numbers of eight digits as well: `Company no.`.
    package var isGeneral = false
    /// As written, label included.
    package var text: String
    /// Where `text` starts and how long it is, in UTF-8 octets.
    package var offset: Int
    package var length: Int

    /// The number, when the digits pass modulus 11.
    package var number: CVRNumber? { CVRNumber(digits) }
}
