package import Postgres
import Records
package import Rules
import Synchronization

/// The rule book in use, and how another one takes its place.
///
/// Whoever takes up a batch asks for ``current`` once, so that one batch is dealt with by one book.
package final class RuleShelf: Sendable {
    /// What became of a look into the folder.
    package enum Outcome: Sendable {
        /// The rules there are those in use.
        case same
        /// Those there are in use from now on.
        case replaced(RuleBook)
        /// Those there have faults; the book in use stays.
        case refused(RuleFaults)
    }

    private struct State {
        var book: RuleBook
        var faults: RuleFaults?
    }

    private let state: Mutex<State>

    package init(_ book: RuleBook) { state = Mutex(State(book: book)) }

    package var current: RuleBook { state.withLock { $0.book } }

    /// The first of what is wrong with the rules in the folder, when they were looked at last.
    package var fault: String? { state.withLock { $0.faults.map { $0.faults.first?.description ?? "\($0)" } } }

    /// Takes up the rules of a folder; they are in the records before anything is priced by them.
    package func reload(from folder: String, in pool: PostgresPool) async throws -> Outcome {
        let book: RuleBook
        do {
            book = try RuleBook(RuleFolder.load(folder))
        } catch {
            state.withLock { $0.faults = error }
            return .refused(error)
        }
        let isSame = book.rules.hash == current.rules.hash
        if !isSame { try await RuleSets.activate(book.rules, in: pool) }
        state.withLock { $0 = State(book: isSame ? $0.book : book) }
        return isSame ? .same : .replaced(book)
    }
}
