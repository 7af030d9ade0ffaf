package import Mail
import Synchronization

/// The intake addresses in use; exchanged when the configuration is read again.
package final class IntakeBook: Sendable {
    private let page: Mutex<IntakePage>

    init(_ addresses: Set<String>) { page = Mutex(IntakePage(all: addresses, open: [])) }

    /// What is in use at this moment: whoever decides by it twice has to keep it meanwhile.
    package var current: IntakePage { page.withLock { $0 } }

    /// Takes others from now on, in any spelling.
    package func replace(all: [String], open: [String]) {
        let new = IntakePage(all: all, open: open)
        page.withLock { $0 = new }
    }
}

/// The intake addresses of one configuration.
package struct IntakePage: Sendable {
    /// As they are written, in lower case.
    package let addresses: Set<String>
    private let mailboxes: Set<String>
    private let open: Set<String>

    init(all: some Collection<String>, open: some Collection<String>) {
        addresses = Set(all.map { $0.lowercased() })
        mailboxes = Set(all.map { Mailbox(address: $0).comparable })
        self.open = Set(open.map { Mailbox(address: $0).comparable })
    }

    /// Whether mail for the address comes in here, its plus-addresses included.
    package func takesIn(_ mailbox: Mailbox) -> Bool { mailboxes.contains(name(of: mailbox)) }

    /// The one of the recipients whose mail from outside gets a receipt, without what stands behind a plus sign.
    package func publicMailbox(among recipients: [String]) -> String? {
        guard !open.isEmpty else { return nil }
        return recipients.lazy.map { name(of: Mailbox(address: $0)) }.first(where: open.contains)
    }

    /// The intake address that an address is or belongs to, in the form for comparison.
    private func name(of mailbox: Mailbox) -> String {
        let whole = mailbox.comparable
        guard !mailboxes.contains(whole), let plus = mailbox.localPart.firstIndex(of: "+") else { return whole }
        return Mailbox(address: "\(mailbox.localPart[..<plus])@\(mailbox.domain)").comparable
    }
}
