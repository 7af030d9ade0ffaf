import Synchronization

/// The intake addresses in use, in lower case; exchanged when the configuration is read again.
package final class IntakeBook: Sendable {
    private struct Pages {
        var all: Set<String>
        var open: Set<String> = []
    }

    private let pages: Mutex<Pages>

    init(_ addresses: Set<String>) { pages = Mutex(Pages(all: addresses)) }

    package var all: Set<String> { pages.withLock { $0.all } }
    /// Those of them whose mail from outside gets a receipt.
    package var open: Set<String> { pages.withLock { $0.open } }

    /// Takes others from now on, in any case.
    package func replace(all: [String], open: [String]) {
        pages.withLock { $0 = Pages(all: Set(all.map { $0.lowercased() }), open: Set(open.map { $0.lowercased() })) }
    }
}
