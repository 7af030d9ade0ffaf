import Correspondence
import Quoting
import Rules
import Workflow

extension CaseCheck {
    private var quote: Quote? { run.consideration.pricing.quote }

    // MARK: Sums

    mutating func checkTotals(_ expected: CaseExpectation) {
        for total in expected.totals {
            let came = sum(total.sum)
            guard came != total.ore.value else { continue }
            fail(
                total.ore.place, expected: "\(total.sum.rawValue) \(Self.amount(total.ore.value))",
                came: Self.amount(came),
                because: (quote?.lines ?? []).map { "\($0.rule) \(Self.amount($0.amount.ore))" })
        }
        if let day = expected.validUntil, day.value != quote?.validUntil {
            fail(
                day.place, expected: "valid until \(day.value)", came: quote?.validUntil.description ?? "no quote")
        }
    }

    private func sum(_ sum: TotalExpectation.Sum) -> Int {
        let subtotal = { (period: Quote.Period?) in
            quote?.totals.first { $0.recurring == period }?.subtotal.ore ?? 0
        }
        return switch sum {
        case .once: subtotal(nil)
        case .month: subtotal(.month)
        case .year: subtotal(.year)
        case .firstInvoice: quote?.subtotal.ore ?? 0
        case .vat: quote?.vat.ore ?? 0
        case .firstYear: quote?.firstYear.ore ?? 0
        }
    }

    // MARK: Texts

    mutating func checkWords(_ expected: CaseExpectation) {
        check(expected.assumptions, "an assumption", among: quote?.assumptions ?? [])
        check(expected.remarks, "a remark", among: run.consideration.pricing.remarks)
        let mail = run.summary.subject + "\n" + run.summary.text
        for words in expected.summary where !mail.holds(words.value) {
            fail(
                words.place, expected: "\"\(words.value)\" in the summary", came: "not there",
                because: [
                    "subject: \(run.summary.subject)"
                ])
        }
        for words in expected.notInSummary where mail.holds(words.value) {
            fail(
                words.place, expected: "no \"\(words.value)\" in the summary", came: "it is there",
                because: mail.lines(holding: words.value))
        }
        for words in expected.notToCustomer {
            for text in whatTheCustomerReads where text.holds(words.value) {
                fail(
                    words.place, expected: "no \"\(words.value)\" in what the customer reads", came: "it is there",
                    because: [text])
            }
        }
    }

    private mutating func check(_ expected: Placed<[Placed<String>]>?, _ what: String, among texts: [String]) {
        guard let expected else { return }
        for words in expected.value where !texts.contains(where: { $0.holds(words.value) }) {
            fail(
                words.place, expected: "\(what) with \"\(words.value)\"", came: texts.isEmpty ? "none" : "others",
                because: texts)
        }
        if expected.value.isEmpty, !texts.isEmpty {
            fail(expected.place, expected: "not \(what)", came: "\(texts.count)", because: texts)
        }
    }

    /// The parts of a quote and of the questions that are made for the customer's eyes.
    private var whatTheCustomerReads: [String] {
        (quote?.lines ?? []).map(\.description) + (quote?.assumptions ?? [])
            + run.consideration.pricing.questions.flatMap { [$0.text, $0.effect].compactMap { $0 } }
    }
}

extension String {
    /// The lines that hold the words, or the words where a line end parts them.
    fileprivate func lines(holding words: String) -> [String] {
        let lines = split(whereSeparator: \.isNewline).map(String.init).filter { $0.holds(words) }
        return lines.isEmpty ? [words] : lines
    }
}
