import CVR
import Foundation
import Logging

/// Writes log lines to standard error: JSON objects for machines, plain text for people.
///
/// Only what is given as metadata is written; mail text, names and subjects never are, and should a server's answer or an
/// error quote a CPR number, it is hidden.
struct LineLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    private let label: String
    private let format: Settings.LogFormat

    init(label: String, level: Logger.Level, format: Settings.LogFormat) {
        self.label = label
        self.format = format
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let now = Date.now.formatted(.iso8601.time(includingFractionalSeconds: true))
        let line =
            switch format {
            case .json: json(now, event, fields)
            case .text: text(now, event, fields)
            }
        // One write a line keeps the lines of several threads apart. A log that cannot be written, as on a full disk, stops
        // nobody.
        try? FileHandle.standardError.write(contentsOf: Data(PersonalNumbers.hidden(in: line).utf8))
    }

    private func json(_ now: String, _ event: LogEvent, _ fields: [(key: String, value: Logger.MetadataValue)])
        -> String
    {
        var line = "{\"at\":\"\(now)\",\"level\":\"\(event.level)\",\"room\":\(label.jsonQuoted),\"message\":"
        line += "\(event.message)".jsonQuoted
        for field in fields {
            line += ",\(field.key.jsonQuoted):\("\(field.value)".jsonQuoted)"
        }
        return line + "}\n"
    }

    private func text(_ now: String, _ event: LogEvent, _ fields: [(key: String, value: Logger.MetadataValue)])
        -> String
    {
        let details = fields.map { " \($0.key)=\("\($0.value)".singleLine)" }.joined()
        return "\(now) \(event.level) \(label): \("\(event.message)".singleLine)\(details)\n"
    }
}

extension String {
    /// As a JSON string, quotes included (RFC 8259 section 7).
    var jsonQuoted: String {
        var quoted = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// Control characters replaced, so that nobody forges a log line.
    var singleLine: String { String(String.UnicodeScalarView(unicodeScalars.map { $0.value < 0x20 ? " " : $0 })) }
}
