import Cases
import Testing

/// A case that is right holds; each kind of expectation, when it is wrong, is seen.
@Suite("Results of cases")
struct CaseResultTests {
    private let shop: RobotShop

    init() throws { shop = try RobotShop() }

    static let right = """
        lines:
          - {rule: robot.setup, quantity: 1, unit_price: 1000, discount: 0, amount: 1000, because: en robot}
          - {rule: robot.users, quantity: 12, unit_price: 10.50, discount: 0, amount: 126, because: [12 brugere, pr. bruger]}
        no_lines_of: carpet
        wanted: [robot]
        declined: [carpet]
        facts: {users: 12, budget: 50000, deadline: 2027-02-26, discount: 12}
        unknown: [urgent, colour]
        advice: [process.robot, {rule: step.send, due: 2026-11-26}]
        not_advice: [step.hurry]
        questions: [robot.colour, "Hvilken farve"]
        not_questions: [robot.users, "Hvor mange"]
        totals: {once: 1000, month: 126, year: 0, first_invoice: 1126, vat: 281.50, first_year: 2512}
        valid_until: 2026-12-23
        assumptions: [robotten er grå]
        remarks: ["12 %"]
        disagreements: [users]
        company: "93 53 08 29"
        summary: [Lis Hansen, "1.000,00"]
        not_in_summary: [støvsuger]
        not_to_customer: [rabat]
        """

    @Test("a case in which everything is right holds")
    func right() throws {
        let result = try #require(shop.results(RobotShop.file(expect: Self.right)).first)
        #expect(result.passed, "\(result)")
        #expect(result.description.isEmpty)
    }

    @Test("the same case gives the same result")
    func again() throws {
        let text = RobotShop.file(expect: "lines: []\nsummary: [støvsuger]")
        let first = try shop.results(text)
        #expect(try shop.results(text) == first)
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        var expect: String
        var failure: String
        var because = ""
        var count = 1
        var testDescription: String { expect }

        init(_ expect: String, _ failure: String, _ because: String = "", count: Int = 1) {
            self.expect = expect
            self.failure = failure
            self.because = because
            self.count = count
        }
    }

    @Test(
        "what comes out otherwise is said once, with its place, what came, and the words it came from",
        arguments: [
            Wrong(
                "lines: [{rule: carpet.piece}]\nmore: yes",
                ":20:22: a robot: expected a line by carpet.piece; came robot.setup, robot.users",
                "service.carpet = false: \"Et tæppe skal ikke være med\" (text)"),
            Wrong(
                "lines: [{rule: robot.users, quantity: 10}]\nmore: yes", "expected quantity 10 in robot.users; came 12",
                "robot.users: 12 × 10.50 = 126.00; pr. bruger"),
            Wrong(
                "lines: [{rule: robot.users, unit_price: 20}]\nmore: yes",
                "expected unit price 20.00 in robot.users; came 10.50", "\"12 brugere\" (text)"),
            Wrong(
                "lines: [{rule: robot.setup, discount: 12}]\nmore: yes",
                "expected discount 12 % in robot.setup; came 0 %",
                "den skal sættes op"),
            Wrong(
                "lines: [{rule: robot.users, amount: 126.01}]\nmore: yes",
                "expected amount 126.01 in robot.users; came 126.00"),
            Wrong(
                "lines: [{rule: robot.setup, because: en støvsuger}]\nmore: yes",
                "expected robot.setup because of \"en støvsuger\"; came \"den skal sættes op\""),
            Wrong(
                "lines: [{rule: robot.setup}]",
                ":20:14: a robot: expected no line but robot.setup; came robot.users: 12 × 10.50 = 126.00"),
            Wrong(
                "no_lines_of: [carpet, robot]", "expected no line of robot; came robot.setup", count: 2),
            Wrong("wanted: [carpet]", "expected carpet asked for; came turned down", "Et tæppe skal ikke være med"),
            Wrong("declined: [robot]", "expected robot turned down; came asked for"),
            Wrong(
                "facts: {users: 13}", ":20:22: a robot: expected users = 13; came 12",
                "users = 12: \"12 brugere\" (text)"),
            Wrong("facts: {users: 10-12}", "expected users = 10-12; came 12"),
            Wrong("facts: {budget: 50000.01}", "expected budget = 50000.01; came 50000.00"),
            Wrong("facts: {deadline: 2027-02-25}", "expected deadline = 2027-02-25; came 2027-02-26"),
            Wrong("facts: {urgent: yes}", "expected urgent = true; came nothing"),
            Wrong("facts: {colour: red}", "expected colour = red; came nothing"),
            Wrong("unknown: [users]", "expected nothing known of users; came 12"),
            Wrong("advice: [step.hurry]", "expected advice step.hurry; came process.robot, step.send"),
            Wrong("advice: [{rule: step.send, due: 2026-11-25}]", "expected step.send due 2026-11-25; came 2026-11-26"),
            Wrong(
                "not_advice: [step.send]", "expected no advice step.send; came Send det",
                "step.send: Send det det er klart"),
            Wrong("questions: [robot.users]", "expected a question by robot.users; came robot.colour"),
            Wrong("questions: [Hvor stor er den]", "expected a question \"Hvor stor er den\"; came robot.colour"),
            Wrong("questions: []", "expected no question; came robot.colour", "robot.colour: Hvilken farve?"),
            Wrong("not_questions: [robot.colour]", "expected no question by robot.colour; came robot.colour"),
            Wrong("totals: {once: 999}", "expected once 999.00; came 1000.00", "robot.setup 1000.00"),
            Wrong("totals: {month: 0}", "expected month 0.00; came 126.00"),
            Wrong("totals: {year: 1}", "expected year 1.00; came 0.00"),
            Wrong("totals: {first_invoice: 1}", "expected first_invoice 1.00; came 1126.00"),
            Wrong("totals: {vat: 1}", "expected vat 1.00; came 281.50"),
            Wrong("totals: {first_year: 1}", "expected first_year 1.00; came 2512.00"),
            Wrong("valid_until: 2026-12-18", "expected valid until 2026-12-18; came 2026-12-23"),
            Wrong(
                "assumptions: [robotten er blå]", "expected an assumption with \"robotten er blå\"; came others",
                "Robotten er grå."),
            Wrong("assumptions: []", "expected not an assumption; came 1", "Robotten er grå."),
            Wrong("remarks: [frist]", "expected a remark with \"frist\"; came others", "12 %"),
            Wrong("remarks: []", "expected not a remark; came 1", "12 %"),
            Wrong("disagreements: [users, budget]", "expected budget said in two ways; came users", "50.000 kr."),
            Wrong(
                "disagreements: []", "expected no disagreement on users; came one",
                "users = 10: \"10 brugere\" (text, message 1)"),
            Wrong("company: none", "expected company none; came 93530829 (linked)", "93 53 08 29"),
            Wrong("company: \"94455413\"", "expected company 94455413; came 93530829 (linked)"),
            Wrong("summary: [støvsuger]", "expected \"støvsuger\" in the summary; came not there"),
            Wrong(
                "not_in_summary: [Lis Hansen, støvsuger]",
                "expected no \"Lis Hansen\" in the summary; came it is there", "Lis Hansen"),
            Wrong(
                "not_to_customer: [grå]", "expected no \"grå\" in what the customer reads; came it is there",
                "Robotten er grå."),
        ])
    func wrong(_ fixture: Wrong) throws {
        let result = try #require(shop.results(RobotShop.file(expect: fixture.expect)).first)
        #expect(result.failures.count == fixture.count, "\(result)")
        #expect(result.description.hasPrefix("cases/a.yaml:"))
        #expect(result.description.contains(fixture.failure), "\(result)")
        #expect(
            result.failures.first?.because.contains { $0.contains(fixture.because) } ?? false
                || fixture.because.isEmpty, "\(result)")
    }

    @Test("nothing priced is not what a quote is expected to be, line by line")
    func empty() throws {
        let result = try #require(shop.results(RobotShop.file(expect: "lines: []\nadvice: []")).first)
        #expect(result.failures.map(\.expected) == ["nothing priced", "nothing priced", "no advice", "no advice"])
    }

    @Test("the day that the last message is dealt with can be another than that of the mail")
    func later() throws {
        let text = RobotShop.file(expect: "advice: [{rule: step.send, due: 2026-11-30}]")
            .replacing("    messages:", with: "    at: 2026-11-30 09:00\n    messages:")
        #expect(try shop.results(text).allSatisfy(\.passed))
    }

    @Test("a mail of a file beside the case is read, and one that is no mail is said at its place")
    func file() throws {
        let text = RobotShop.file(expect: "wanted: [robot]", messages: "- file: robot.eml")
        let mail = "From: Lis <lis@hansen.example>\r\nSubject: En robot\r\n\r\nVi vil have en robot.\r\n"
        #expect(try shop.results(text, mails: ["robot.eml": Array(mail.utf8)]).allSatisfy(\.passed))
        let broken = try #require(try shop.results(text, mails: ["robot.eml": []]).first)
        #expect(
            broken.description.hasPrefix("cases/a.yaml:4:9: a robot: expected a message that can be read; came empty"))
    }

    @Test("what a bot or an agent says in a chat is nobody's wish")
    func bot() throws {
        let chat = """
            - chat:
                at: 2026-11-24 20:14
                email: lis@hansen.example
                text:
                  - bot: Skal du have en robot til 40 brugere?
                  - visitor: Jeg vil have et tæppe.
                  - agent: Det haster vel?
            """
        let expect = "lines: [{rule: carpet.piece}]\nunknown: [users, urgent]\nwanted: [carpet]"
        let results = try shop.results(RobotShop.file(expect: expect, messages: chat))
        #expect(results.flatMap(\.failures).isEmpty, "\(results)")
    }
}
