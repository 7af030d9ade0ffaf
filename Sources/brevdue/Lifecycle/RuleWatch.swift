import Logging
import Postgres
import Rules
import ServiceLifecycle
import UnixSignals
import Workflow

/// Takes up edits of the rules while the daemon runs: at once on SIGHUP, else when it sees them.
struct RuleWatch: ServiceLifecycle.Service {
    private enum Call { case tick, signal }

    let shelf: RuleShelf
    let folder: String
    let pool: PostgresPool
    let logger: Logger

    private static let interval = Duration.seconds(2)
    /// Lines of the log at most; whoever needs more asks `brevdue rules check`.
    private static let loggedFaults = 50

    func run() async throws {
        await cancelWhenGracefulShutdown { await watch() }
    }

    private func watch() async {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        let (calls, continuation) = AsyncStream.makeStream(of: Call.self, bufferingPolicy: .bufferingNewest(8))
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in signals { continuation.yield(.signal) } }
            group.addTask {
                while (try? await Task.sleep(for: Self.interval)) != nil { continuation.yield(.tick) }
                continuation.finish()
            }
            await follow(calls)
            group.cancelAll()
        }
    }

    private func follow(_ calls: AsyncStream<Call>) async {
        var taken: FolderState? = FolderState(of: folder)
        var last = taken
        for await call in calls {
            let state = FolderState(of: folder)
            // Whoever saves several files, or a large one slowly, is let finish: the folder must look the same twice.
            let isSettled = state == last
            last = state
            guard call == .signal || (isSettled && state != taken) else { continue }
            taken = await reload() ? state : nil
        }
    }

    /// Whether it is done with; a database that is away is asked again.
    private func reload() async -> Bool {
        let old = shelf.current.rules
        do {
            switch try await shelf.reload(from: folder, in: pool) {
            case .same: logger.notice("the rules are as before", metadata: ["rule_set": "\(old.hash)"])
            case .replaced(let book): log(book.rules, instead: old)
            case .refused(let faults): log(faults, instead: old)
            }
            return true
        } catch {
            logger.warning("new rules wait for the database", metadata: ["error": "\(error)"])
            return false
        }
    }

    private func log(_ rules: RuleSet, instead old: RuleSet) {
        logger.notice("new rules are in use", metadata: ["rule_set": "\(rules.hash)", "before": "\(old.hash)"])
        guard rules.company.identity != old.company.identity else { return }
        logger.warning("who we are is read at the start: company.yaml names another company, domain, address or staff")
    }

    private func log(_ faults: RuleFaults, instead old: RuleSet) {
        for fault in faults.faults.prefix(Self.loggedFaults) {
            logger.error("a fault in the rules", metadata: ["fault": "\(fault)"])
        }
        logger.error(
            "the rules have faults; those before stay in use",
            metadata: ["faults": "\(faults.faults.count)", "rule_set": "\(old.hash)"])
    }
}

extension Company {
    /// What doors and steps are set up with.
    fileprivate var identity: [[String]] { [[name], cvr, domains, people, [from]] }
}
