import Mail

/// Why a reader gave up, as it tells the process that started it: one line on standard error.
struct ReadingFailure: Error, Hashable {
    var code: AttachmentReading.Reason.Code
    var detail: String?

    init(_ code: AttachmentReading.Reason.Code, _ detail: String? = nil) {
        self.code = code
        self.detail = detail
    }

    /// EX_DATAERR of sysexits.h.
    static let status: Int32 = 65

    var line: String { detail.map { "\(code.rawValue) \($0)" } ?? code.rawValue }

    /// What the process said; `nil` where it said something else.
    init?(line: String) {
        let line = line.prefix { $0 != "\n" }
        let word = line.prefix { $0 != " " }
        guard let code = AttachmentReading.Reason.Code(rawValue: String(word)) else { return nil }
        let detail = Repair.line(String(line.dropFirst(word.count).prefix(120)))
        self.init(code, detail.isEmpty ? nil : detail)
    }
}
