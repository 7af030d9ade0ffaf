import Foundation
import Subprocess
import SystemPackage

/// swaks as another mail server.
package enum Swaks {
    /// Hands a mail in by STARTTLS, showing a certificate where there is one; whether it was taken, and all that was said.
    package static func send(
        _ octets: [UInt8], from sender: String, to recipient: String = "leads@fjordtek.example", port: Int,
        showing own: (certificate: String, key: String)? = nil
    ) async throws -> (isTaken: Bool, output: String) {
        let folder = try Repository.temporaryFolder("swaks")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = folder + "/mail.eml"
        // It puts the line ends in itself.
        try String(decoding: octets, as: UTF8.self).replacing("\r\n", with: "\n")
            .write(toFile: file, atomically: true, encoding: .utf8)
        var words = [
            "--server", "127.0.0.1:\(port)", "--tls", "--helo", "mx.fjordtek.example", "--from", sender, "--to",
            recipient, "--data", "@" + file,
        ]
        if let own { words += ["--tls-cert", own.certificate, "--tls-key", own.key] }
        let result = try await Subprocess.run(
            .path("/usr/bin/swaks"), arguments: Arguments(words), input: .none, output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20))
        let output = result.standardOutput + result.standardError
        return (result.terminationStatus.isSuccess && output.contains("250 2.0.0"), output)
    }
}
