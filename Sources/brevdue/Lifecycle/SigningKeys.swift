import Cryptography
import Foundation
import MailAuthentication

/// Keys that outgoing mail is signed with: `dkim/<selector>._domainkey.<domain>.pem` in the data directory.
struct SigningKeys {
    private let dataDirectory: String
    private var folder: String { dataDirectory + "/dkim" }

    init(dataDirectory: String) { self.dataDirectory = dataDirectory }

    func path(domain: String, selector: String) -> String { "\(folder)/\(selector)._domainkey.\(domain).pem" }

    /// Makes a key, for nobody but the daemon to read; refuses to take the place of one.
    func create(_ kind: KeyKind, domain: String, selector: String) throws -> DKIMRecord {
        let key = try SigningKey.make(kind)
        let path = path(domain: domain, selector: selector)
        _ = try DKIMSigner(domain: domain, selector: selector, privateKeyPEM: key.pem)
        // Made by root, they are for the daemon all the same.
        let owner = try? FileManager.default.attributesOfItem(atPath: dataDirectory)[.ownerAccountID]
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: Self.attributes(0o700, owner))
        guard !FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure.refused("\(path) is there already; choose another --selector")
        }
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(key.pem.utf8), attributes: Self.attributes(0o600, owner))
        else { throw CommandFailure.refused("\(path) cannot be written") }
        return DKIMRecord(domain: domain, selector: selector, key: key)
    }

    private static func attributes(_ permissions: Int, _ owner: Any?) -> [FileAttributeKey: Any] {
        var attributes: [FileAttributeKey: Any] = [.posixPermissions: permissions]
        if geteuid() == 0 { attributes[.ownerAccountID] = owner }
        return attributes
    }

    /// The signers of a domain, by selector.
    func signers(for domain: String) throws -> [DKIMSigner] {
        try keys(of: domain).map { selector, pem in
            do {
                return try DKIMSigner(domain: domain, selector: selector, privateKeyPEM: pem)
            } catch {
                throw SettingsError(
                    origin: path(domain: domain, selector: selector), key: "DKIM key", problem: "\(error)")
            }
        }
    }

    /// What DNS has to say of each key of a domain.
    func records(of domain: String) throws -> [DKIMRecord] {
        try keys(of: domain).map {
            DKIMRecord(domain: domain, selector: $0.selector, key: try SigningKey(pem: $0.pem))
        }
    }

    private func keys(of domain: String) throws -> [(selector: String, pem: String)] {
        let suffix = "._domainkey.\(domain.lowercased()).pem"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return try names.filter { $0.hasSuffix(suffix) }.sorted().map { name in
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
                throw SettingsError(origin: "\(folder)/\(name)", key: "DKIM key", problem: "the file cannot be read")
            }
            return (String(name.dropLast(suffix.count)), String(decoding: data, as: UTF8.self))
        }
    }
}
