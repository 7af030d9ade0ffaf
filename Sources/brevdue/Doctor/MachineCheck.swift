import Foundation
import Glibc

/// Disk and clock of the machine.
enum MachineCheck {
    private static let (little, least): (UInt64, UInt64) = (2 << 30, 256 << 20)

    static func findings(_ settings: Settings) -> [Finding] {
        [disk(settings.dataDirectory), clock()]
    }

    /// Mail is refused with 452 once the disk is full: nothing is lost, but nothing comes in.
    private static func disk(_ directory: String) -> Finding {
        var status = statvfs()
        let exists = FileManager.default.fileExists(atPath: directory)
        guard statvfs(exists ? directory : ".", &status) == 0 else {
            return .problem("disk", "\(directory) cannot be looked at", "check that it exists and may be read")
        }
        let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
        let text = "\(free >> 20) MiB free for \(directory)"
        if free < least { return .problem("disk", text, "make room now: mail is refused when it is full") }
        if free < little { return .warning("disk", text, "make room, or move data.directory to a larger disk") }
        return .ok("disk", text)
    }

    /// Dates of mails and DKIM signatures depend on it; how far off it is from the database's is looked at there.
    private static func clock() -> Finding {
        let services = [
            "/run/systemd/timesync/synchronized": "systemd-timesyncd", "/run/chrony/chronyd.pid": "chrony",
            "/run/ntpd.pid": "ntpd", "/run/ntpsec/ntpd.pid": "ntpsec",
        ]
        guard let service = services.first(where: { FileManager.default.fileExists(atPath: $0.key) })?.value else {
            return .warning(
                "clock", "no service is seen that keeps it right",
                "run chrony or systemd-timesyncd, here or on the host")
        }
        return .ok("clock", "kept by \(service)")
    }
}
