import Foundation
import SMTPServer

/// Certificates of the SMTP door: whether they can be used, for how long, and for which name.
enum CertificateCheck {
    private static let check = "certificate"
    private static let day: TimeInterval = 86_400

    static func findings(_ settings: Settings, now: Date) -> [Finding] {
        let smtp = settings.smtp
        do {
            guard let summaries = try smtp.loadCertificates()?.summaries else {
                return [
                    .warning(
                        check, "none: mail comes in in clear text and nobody can log in",
                        "set smtp.tls.certificate and smtp.tls.key")
                ]
            }
            return summaries.map { age(of: $0, now: now) } + name(smtp.hostname, in: summaries)
        } catch {
            return [.problem(check, "\(error)", "put a chain and its key, or an authority, in PEM form there")]
        }
    }

    private static func age(of summary: SMTPCertificates.Summary, now: Date) -> Finding {
        let left = Int((summary.ends.timeIntervalSince(now) / day).rounded(.down))
        let text = "\(summary.files.chain) ends \(summary.ends.formatted(.iso8601)), in \(left) days"
        if summary.ends < now {
            return .problem(
                check, "\(summary.files.chain) ended \(summary.ends.formatted(.iso8601))",
                "renew it; the daemon takes up the new file by itself")
        }
        if summary.begins > now { return .problem(check, "\(summary.files.chain) is not valid yet", "check the clock") }
        if left < 3 { return .problem(check, text, "renew it; the daemon takes up the new file by itself") }
        if left < 21 { return .warning(check, text, "renew it; the daemon takes up the new file by itself") }
        return .ok(check, text)
    }

    private static func name(_ host: String, in summaries: [SMTPCertificates.Summary]) -> [Finding] {
        let host = host.lowercased()
        let parent = host.split(separator: ".").dropFirst().joined(separator: ".")
        let names = summaries.flatMap(\.hostNames)
        guard !names.contains(host), !names.contains("*.\(parent)") else { return [] }
        return [
            .warning(
                check, "\(host) is none of its names (\(names.joined(separator: ", ")))",
                "set smtp.hostname to a name of the certificate, or get one for it")
        ]
    }
}
