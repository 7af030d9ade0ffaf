import FoundationEssentials
import Mail
import Quoting
import Rules
import Understanding

/// What the templates of the summary show: every value ready to be read, nothing left to work out.
///
/// `…Text` values are laid out for plain text; the HTML parts use the plain ones.
struct SummaryView {
    struct Why {
        var text: String
        var plain: String
    }

    struct Advice {
        var number: Int
        var action: String
        var actionText: String
        var who: String?
        var why: Why
    }

    struct Line {
        var number: Int
        var description: String
        var quantity: String
        var price: String
        var discount: String
        var amount: String
        var row: String
        var why: Why
    }

    struct Section {
        var title: String
        var heading: String
        var lines: [Line]
        var sum: String
        var sumText: String
    }

    struct QuoteView {
        var heading: String
        var headingText: String
        var sections: [Section]
        var firstInvoice: String
        var firstInvoiceText: String
        var firstYear: String
        var saving: String?
        var savingText: String?
        var assumptions: [String]
        var assumptionsText: String?
        var excluded: String?
        var excludedText: String?
    }

    struct Bullet {
        var text: String
        var plain: String
    }

    var reference: String
    var summary: [Bullet]
    var company: [Bullet]
    var contact: String
    var contactText: String
    var wroteHeading: String
    var quotes: [Bullet]
    var answers: [Bullet]
    var hasWords: Bool
    var note: String?
    var noteText: String?
    var process: [Advice]
    var steps: [Advice]
    var hasAdvice: Bool
    var quote: QuoteView?
    var questions: [Bullet]
    var hasQuestions: Bool
    var history: [Bullet]
    var hasHistory: Bool
    var link: String?
    var isUnlinked: Bool

    init(_ summary: SalesSummary, rules: RuleSet) {
        let words = SummaryWords(summary, rules: rules)
        reference = summary.leadReference
        self.summary = words.inShort.map(Self.bullet)
        company = words.company.map(Self.bullet)
        contact = words.contact
        contactText = Layout.wrap(words.contact)
        wroteHeading = words.wroteHeading
        quotes = words.customerWords.map { Self.bullet("\"\($0)\"") }
        answers = words.answers.map { Bullet(text: Layout.wrap("\($0) \($1)", indent: "  "), plain: "\($0) \($1)") }
        hasWords = !quotes.isEmpty || !answers.isEmpty
        note = words.note
        noteText = words.note.map { Layout.wrap("\"\($0)\"", indent: "  ") }
        process = words.advice(.process)
        steps = words.advice(.step)
        hasAdvice = !process.isEmpty || !steps.isEmpty
        quote = words.quote
        questions = words.questions.map { Bullet(text: Layout.wrap($0, indent: "  ", first: "- "), plain: $0) }
        hasQuestions = !questions.isEmpty
        history = words.history.map { Bullet(text: Layout.wrap($0, indent: "  "), plain: $0) }
        hasHistory = !history.isEmpty
        link = summary.publicURL.map { "\($0)/leads/\(summary.leadReference)" }
        isUnlinked = summary.dossier.link.status != .linked
    }

    private static func bullet(_ text: String) -> Bullet { Bullet(text: Layout.wrap(text, indent: "  "), plain: text) }
}
