/// A certificate for `localhost` that the tests of one process share, and the authority to trust for it.
package enum TestIdentity {
    private static let made = Task {
        let authority = try await TLSAuthority(folder: try Repository.temporaryFolder("identity"))
        return (authority: authority.certificate, identity: try await authority.issue(for: "localhost"))
    }

    /// Its file and that of its key.
    package static var identity: (certificate: String, key: String) {
        get async throws { try await made.value.identity }
    }

    package static var authority: String { get async throws { try await made.value.authority } }
}
