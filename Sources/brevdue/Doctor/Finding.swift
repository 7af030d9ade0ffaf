/// What the doctor found out about one thing, and what to do about it.
struct Finding: Encodable, Sendable {
    enum Status: String, Encodable, Sendable { case ok, warning, problem }

    var check: String
    var status: Status
    var text: String
    /// What to do; `nil` where all is well.
    var remedy: String?

    static func ok(_ check: String, _ text: String) -> Self { Self(check: check, status: .ok, text: text) }

    static func warning(_ check: String, _ text: String, _ remedy: String) -> Self {
        Self(check: check, status: .warning, text: text, remedy: remedy)
    }

    static func problem(_ check: String, _ text: String, _ remedy: String) -> Self {
        Self(check: check, status: .problem, text: text, remedy: remedy)
    }
}
