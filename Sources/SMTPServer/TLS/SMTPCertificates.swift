package import Foundation
import Hosts
import NIOSSL
import Synchronization

/// The certificates of the server, exchangeable while it runs.
///
/// Sessions that run keep what they began with; a set with a fault in it changes nothing.
package final class SMTPCertificates: Sendable {
    /// A certificate in use.
    package struct Summary: Hashable, Sendable {
        package var files: CertificateFiles
        /// Names it stands for, in lower case; `*.` begins a wildcard.
        package var hostNames: [String]
        package var begins: Date
        package var ends: Date
    }

    private struct State {
        var identities: TLSIdentities
        var versions: [String: FileVersion]
    }

    private let files: [CertificateFiles]
    private let clients: ClientAuthority?
    private let state: Mutex<State>

    /// Reads the files; the first certificate is for clients that name no host or one of nobody.
    ///
    /// Blocks.
    package init(_ files: [CertificateFiles], clients: ClientAuthority? = nil) throws(CertificateError) {
        self.files = files
        self.clients = clients
        // Looked at before they are read: a change in between is then seen at the next check.
        let versions = Self.versions(files, clients)
        state = Mutex(State(identities: try TLSIdentities(files, clients: clients), versions: versions))
    }

    /// What is in use now.
    package var summaries: [Summary] { state.withLock { $0.identities.summaries } }

    /// Reads the files again; takes the new certificates if all of them are valid, and changes nothing otherwise.
    ///
    /// Blocks.
    package func reload() throws(CertificateError) {
        let versions = Self.versions(files, clients)
        // A faulty set is told of once, not at every check.
        state.withLock { $0.versions = versions }
        let identities = try TLSIdentities(files, clients: clients)
        state.withLock { $0.identities = identities }
    }

    /// Whether a file is another one than when it was read.
    ///
    /// Blocks.
    package var haveChanged: Bool {
        let versions = Self.versions(files, clients)
        return state.withLock { $0.versions != versions }
    }

    /// What a session from the address is to be encrypted with.
    func context(for address: String) -> NIOSSLContext {
        let asksForCertificate = clients?.networks.contains { $0.contains(address) } == true
        return state.withLock { asksForCertificate ? $0.identities.askingContext : $0.identities.context }
    }

    private static func versions(_ files: [CertificateFiles], _ clients: ClientAuthority?) -> [String: FileVersion] {
        var versions: [String: FileVersion] = [:]
        for path in files.flatMap({ [$0.chain, $0.key] }) + [clients?.file].compactMap({ $0 }) {
            versions[path] = FileVersion(path: path)
        }
        return versions
    }
}
