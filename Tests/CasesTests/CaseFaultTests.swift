import Cases
import Foundation
import Rules
import Testing

@Suite("Faults in files of cases")
struct CaseFaultTests {
    private let shop: RobotShop

    init() throws { shop = try RobotShop() }

    struct Faulty: Sendable, CustomTestStringConvertible {
        var text: String
        var fault: String
        var testDescription: String { fault }

        init(_ text: String, _ fault: String) {
            self.text = text
            self.fault = fault
        }

        init(expect: String, _ fault: String) {
            self.init(RobotShop.file(expect: expect), fault)
        }

        init(messages: String, _ fault: String) {
            self.init(RobotShop.file(expect: "lines: []", messages: messages), fault)
        }
    }

    @Test(
        "are said with file, line and column, and what was probably meant",
        arguments: [
            Faulty("", "cases/a.yaml: the file is empty"),
            Faulty("cases: [\n", "cases/a.yaml:2:1"),
            Faulty("case: []\n", "cases/a.yaml:1:1: cases is missing"),
            Faulty(
                "cases:\n  - name: a\n    messages: []\n    expect: {lines: []}\n",
                ":3:15: messages: expected at least one mail or chat"),
            Faulty("cases:\n  - name: a\n", "a.yaml:2:5: messages is missing"),
            Faulty("cases:\n  - name: a\n", "a.yaml:2:5: expect is missing"),
            Faulty(
                "\(RobotShop.file(expect: "lines: []"))\n  - name: a robot\n    messages: []\n    expect: {}\n",
                "name a robot is given twice"),
            Faulty(expect: "{}", "expect: nothing is expected"),
            Faulty(expect: "lnies: []", ":20:7: unknown key lnies (did you mean lines?)"),
            Faulty(
                expect: "lines: [{rule: robot.user}]",
                ":20:22: there is no pricing rule robot.user (did you mean robot.users?)"),
            Faulty(expect: "lines: [{rule: robot.users, qantity: 1}]", "unknown key qantity (did you mean quantity?)"),
            Faulty(expect: "lines: [{rule: robot.setup}, {rule: robot.setup}]", "rule robot.setup is given twice"),
            Faulty(expect: "lines: [{rule: robot.setup, amount: 1.234}]", "amount: expected an amount in kroner"),
            Faulty(expect: "more: yes", "more: expected lines beside it"),
            Faulty(expect: "no_lines_of: [robto]", "there is no service robto (did you mean robot?)"),
            Faulty(expect: "advice: [step.sent]", "there is no recommendation step.sent (did you mean step.send?)"),
            Faulty(expect: "advice: [{rule: step.send, due: tomorrow}]", "due: expected a day of the calendar"),
            Faulty(expect: "not_advice: [step.sent]", "there is no recommendation step.sent"),
            Faulty(expect: "questions: [robot.color]", "there is no question robot.color (did you mean robot.colour?)"),
            Faulty(expect: "facts: {usres: 12}", ":20:15: there is no fact usres (did you mean users?)"),
            Faulty(expect: "facts: {users: many}", "users: expected a number"),
            Faulty(expect: "facts: {users: 12-10}", "users: expected a number or a range such as 10-12"),
            Faulty(expect: "facts: {deadline: soon}", "deadline: expected a day"),
            Faulty(
                expect: "facts: {urgent: no}", "urgent: expected yes; a fact that must not be known stands in unknown"),
            Faulty(expect: "facts: {colour: rde}", "colour: expected one of red, blue (did you mean red?)"),
            Faulty(expect: "unknown: [usres]", "there is no fact usres"),
            Faulty(
                expect: "disagreements: [service.robto]", "there is no fact service.robto (did you mean service.robot?)"
            ),
            Faulty(expect: "totals: {monht: 1}", "unknown key monht (did you mean month?)"),
            Faulty(expect: "valid_until: 2026-02-30", "valid_until: expected a day of the calendar"),
            Faulty(expect: "company: 1234567", ":20:16: company: expected eight digits, or none"),
            Faulty(expect: "summary: [{a: b}]", "summary: expected a text"),
            Faulty(messages: "- sms: hej", ":4:9: expected one of mail, chat, file"),
            Faulty(messages: "- file: missing.eml", ":4:15: file: expected the name of an .eml beside this file"),
            Faulty(
                messages: "- chat: {at: 2026-11-24 25:00, text: hej}",
                "at: expected a day and a time such as 2026-11-24 08:52"),
            Faulty(
                messages: "- chat: {at: 2026-11-24 20:00, text: [{guest: hej}]}",
                "text: expected one of visitor, agent, bot"),
            Faulty(
                messages: "- mail: {date: 2026-11-24 20:00, from: Lis, text: hej}",
                "from: expected a name and an address"),
            Faulty(messages: "- mail: {from: l@h.example, text: hej}", "date is missing"),
            Faulty(
                messages: "- mail: {date: 2026-11-24 20:00, from: l@h.example, note: a, text: hej}",
                "note: expected forwarded_by beside it"),
            Faulty(
                messages:
                    "- mail: {date: 2026-11-24 20:00, from: l@h.example, forwarded_by: a@b.example, forwarded_at: 2026-11-24 19:00, text: hej}",
                "forwarded_at: expected a time after date"),
            Faulty(
                messages: "- chat: {at: 2026-11-24 20:00, text: hej}\n- chat: {at: 2026-11-24 19:00, text: hej}",
                ":5:9: messages: expected in the order of time"),
        ])
    func fault(_ faulty: Faulty) throws {
        let error = #expect(throws: RuleFaults.self) { try shop.cases(faulty.text) }
        let said = error?.description ?? ""
        #expect(said.contains(faulty.fault), "\(said)")
        #expect(said.split(separator: "\n").allSatisfy { $0.hasPrefix("cases/a.yaml") })
    }

    @Test("all of them come at once")
    func several() {
        let error = #expect(throws: RuleFaults.self) {
            try shop.cases(RobotShop.file(expect: "wanted: [robto]\ndeclined: [capret]\nadvice: [step.snd]"))
        }
        #expect(error?.faults.count == 3)
    }

    @Test("a file that breaks off anywhere is read or refused at a place in it")
    func brokenOff() throws {
        let text = RobotShop.file(expect: CaseResultTests.right)
        let end = text.split(separator: "\n", omittingEmptySubsequences: false).count + 1
        for length in stride(from: 0, through: text.count, by: 5) {
            do {
                let set = try shop.cases(String(text.prefix(length)))
                #expect(set.cases.count == 1)
            } catch {
                #expect(error.faults.allSatisfy { $0.line <= end && $0.file == "cases/a.yaml" }, "\(error)")
            }
        }
    }

    @Test(
        "times stand on Danish clocks",
        arguments: [
            ("2026-11-24 08:52", 1_795_506_720), ("2026-07-01 00:00", 1_782_856_800),
            ("2026-03-29 01:59", 1_774_745_940),
            ("2026-03-29 03:00", 1_774_746_000),
        ])
    func time(_ text: String, _ seconds: Double) throws {
        #expect(try #require(DanishTime(text)).instant.timeIntervalSince1970 == seconds)
    }
}
