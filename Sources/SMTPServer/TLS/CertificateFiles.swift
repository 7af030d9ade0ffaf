import Foundation
package import Hosts

/// Where a certificate with its chain and its key are, both as PEM.
package struct CertificateFiles: Hashable, Sendable {
    package var chain: String
    package var key: String

    package init(chain: String, key: String) {
        self.chain = chain
        self.key = key
    }
}

/// Whose client certificates count, and from where they are asked for.
///
/// Only from there: many mail servers send one when asked, and one that cannot be verified ends the handshake.
package struct ClientAuthority: Hashable, Sendable {
    /// Certificates of the authorities, PEM.
    package var file: String
    package var networks: [Network]

    package init(file: String, networks: [Network]) {
        self.file = file
        self.networks = networks
    }
}

/// Why certificates cannot be used.
package struct CertificateError: Error, CustomStringConvertible {
    package var description: String
}

/// A file as it was when it was looked at; a new one put in its place differs.
struct FileVersion: Hashable, Sendable {
    private var inode: UInt64
    private var size: Int64
    private var seconds: Int
    private var nanoseconds: Int

    /// `nil` when there is none.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
    }
}
