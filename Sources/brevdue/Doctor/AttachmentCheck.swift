import Extraction
import Sandbox

/// Whether attachments can be read here, and how well the process that reads them is confined.
enum AttachmentCheck {
    private static let check = "attachments"

    static func findings() async -> [Finding] {
        let extractor = AttachmentExtractor(program: ExtractionProcess.ownProgram)
        let reading = await extractor.reading(of: Array("Hej".utf8), contentType: "text/plain", filename: nil)
        guard reading.text == "Hej" else {
            let reason = reading.reason?.sentence ?? "a text came back wrong"
            return [
                .problem(
                    check, "none can be read: \(reason)", "allow the system call seccomp; see systemd/brevdue.service")
            ]
        }
        var findings = extractor.missingPrograms.map {
            Finding.warning(check, "\($0) is missing: what it reads is not read", "run `make setup`")
        }
        if !ConfinementSupport.here.fencesFiles {
            findings.append(
                .warning(
                    check,
                    "the process that reads them is not kept from files of this user: the kernel has no Landlock",
                    "run a kernel from 5.13 on with Landlock, and allow its system calls"))
        }
        return findings.isEmpty ? [.ok(check, "read in a confined process")] : findings
    }
}
