import ArgumentParser
import CVR
import Foundation

/// Why a command ended without having done its work: what is printed, and the exit status.
struct CommandFailure: Error, CustomStringConvertible {
    enum Status: Int32 {
        /// Done, but something was refused; also a taken port or a data directory in use.
        case refused = 1
        /// Wrong usage or configuration.
        case usage = 2
        /// EX_TEMPFAIL of sysexits.h: try again.
        case temporary = 75
    }

    var status: Status
    var description: String

    static func refused(_ text: String) -> Self { Self(status: .refused, description: text) }
    static func usage(_ text: String) -> Self { Self(status: .usage, description: text) }
    static func temporary(_ text: String) -> Self { Self(status: .temporary, description: text) }

    func end() -> Never {
        if !description.isEmpty { StandardError.write("brevdue: \(description)") }
        Brevdue.exit(withError: ExitCode(status.rawValue))
    }
}

enum StandardError {
    /// CPR numbers are hidden: what a command complains of may be named by one, and a daemon's complaint goes to its log.
    static func write(_ text: String) {
        FileHandle.standardError.write(Data((PersonalNumbers.hidden(in: text) + "\n").utf8))
    }
}

enum StandardOutput {
    static func write(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
}
