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

    /// What the process said, among what else its libraries say; `nil` where it said nothing.
    init?(words: String) {
        for line in words.split(whereSeparator: \.isNewline).reversed() {
            let word = line.prefix { $0 != " " }
            guard let code = AttachmentReading.Reason.Code(rawValue: String(word)) else { continue }
            let detail = Repair.line(String(line.dropFirst(word.count).prefix(120)))
            self.init(code, detail.isEmpty ? nil : detail)
            return
        }
        return nil
    }
}
