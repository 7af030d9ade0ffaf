/// STARTTLS (RFC 3207).
extension SMTPSession {
    mutating func startTLS(_ rest: ArraySlice<UInt8>) -> Action {
        guard rest.isEmpty else { return answer(.noArgument) }
        guard !info.isEncrypted else { return answer(.badSequence) }
        guard terms.offersTLS else { return answer(.notImplemented) }
        return .startTLS(.startTLS)
    }
}
