import DNS
import Foundation
import Mail
import MailAuthentication
import Workflow

/// What DNS says of our domains: where mail for the intake goes, and whether readers can believe what we send.
struct DNSCheck {
    let settings: Settings
    let house: House

    func findings() async -> [Finding] {
        let resolver: Resolver
        do {
            resolver = try Resolver(servers: settings.dnsServers)
        } catch {
            return [.problem("dns", "\(error)", "set dns.servers")]
        }
        defer { resolver.shutDown() }
        var findings: [Finding] = []
        do {
            for domain in intakeDomains { findings.append(try await exchanger(of: domain, resolver)) }
            for domain in house.own.domains.union([sender]).sorted() {
                findings += try await records(of: domain, resolver)
            }
            findings += try await keys(resolver)
        } catch {
            findings.append(
                .problem("dns", "\(error)", "check dns.servers: without DNS no sender outside can be proved"))
        }
        return findings
    }

    private var sender: String { house.from.domainName }

    private var intakeDomains: [String] {
        Set(house.intake.map { Mailbox(address: $0).domainName }).sorted()
    }

    /// Mail may well come by a relay in front of us, so that another host is no fault.
    private func exchanger(of domain: String, _ dns: Resolver) async throws -> Finding {
        let hosts = try await dns.exchangers(of: domain)
        let list = hosts.joined(separator: ", ")
        if hosts.isEmpty {
            return .warning("mx", "\(domain) has none", "publish MX records, or hand mail in from your own server")
        }
        if hosts.contains(where: { $0.lowercased() == settings.smtp.hostname.lowercased() }) {
            return .ok("mx", "\(domain): \(list)")
        }
        guard settings.smtp.vouching.networks.isEmpty else { return .ok("mx", "\(domain): \(list), in front of us") }
        return .warning(
            "mx", "\(domain): \(list), none of which is \(settings.smtp.hostname)",
            "if those relay to us, name them in smtp.vouching_networks; else change the MX records")
    }

    private func records(of domain: String, _ dns: Resolver) async throws -> [Finding] {
        let published = try await PublishedRecords(of: domain, in: dns)
        var findings: [Finding] = []
        switch (published.spf.count, published.spfDefect) {
        case (0, _):
            findings.append(.warning("spf", "\(domain) has no record", "publish who sends its mail: v=spf1 … -all"))
        case (1, nil): findings.append(.ok("spf", "\(domain): \(published.spf[0])"))
        case (1, let defect?): findings.append(.problem("spf", "\(domain): \(defect)", "mend the record"))
        default: findings.append(.problem("spf", "\(domain) has several records", "leave one: several count as none"))
        }
        guard let policy = published.policy else {
            findings.append(
                .problem(
                    "dmarc", "\(domain) has no record: mail of your own people from outside is never believed",
                    "publish _dmarc.\(domain) TXT \"v=DMARC1; p=none\", later p=reject"))
            return findings
        }
        findings.append(
            policy == .none
                ? .warning("dmarc", "\(domain): p=none lets anybody use the name", "go on to p=quarantine or p=reject")
                : .ok("dmarc", "\(domain): p=\(policy.rawValue)"))
        return findings
    }

    private func keys(_ dns: Resolver) async throws -> [Finding] {
        let records = try SigningKeys(dataDirectory: settings.dataDirectory).records(of: sender)
        guard !records.isEmpty else {
            return [.warning("dkim", "mail from \(sender) leaves unsigned", "run `brevdue dkim create`")]
        }
        var findings: [Finding] = []
        for record in records {
            let texts = try await dns.texts(of: record.name).map { String(decoding: $0, as: UTF8.self) }
            findings.append(
                texts.contains(record.value)
                    ? .ok("dkim", "\(record.name) is published")
                    : .problem(
                        "dkim",
                        texts.isEmpty ? "\(record.name) is not published" : "\(record.name) says something else",
                        "publish what `brevdue dkim list` prints"))
        }
        return findings
    }
}
