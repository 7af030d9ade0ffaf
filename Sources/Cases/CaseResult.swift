package import Rules
package import Workflow

/// Something of a case that came out otherwise.
package struct CaseFailure: Hashable, Sendable {
    /// Where the expectation stands.
    package var place: Place
    package var expected: String
    package var came: String
    /// The rules and words that it came from.
    package var because: [String]
}

/// What became of a case.
package struct CaseResult: Hashable, Sendable {
    package var name: String
    package var place: Place
    package var failures: [CaseFailure]

    package var passed: Bool { failures.isEmpty }

    /// Runs a case; pure, and the same for the same rules and case.
    package init(_ example: RuleCase, of set: CaseSet, by book: RuleBook) {
        name = example.name
        place = example.place
        do {
            var check = CaseCheck(try CaseRun(example, mails: set.mails, book), rules: book.rules)
            check.check(example.expected)
            failures = check.failures
        } catch {
            failures = [
                CaseFailure(place: error.place, expected: "a message that can be read", came: error.reason, because: [])
            ]
        }
    }
}

extension CaseResult: CustomStringConvertible {
    /// A block of lines for each failure; empty when the case holds.
    package var description: String {
        failures.map { failure in
            (["\(failure.place): \(name): expected \(failure.expected); came \(failure.came)"]
                + failure.because.map { "    \($0)" }).joined(separator: "\n")
        }.joined(separator: "\n")
    }
}
