package import Mail

extension Letter {
    /// Who sent it on as it was, its header still the author's (RFC 5322 section 3.6.6); `nil` for a forward, whose header is
    /// the forwarder's own, and where nobody vouches for the field that says so.
    package var redirector: Mailbox? { form.isForward ? nil : forwarder }

    /// Whether one of our own people sent it on, in whatever way.
    package var isSentOn: Bool { form.isForward || forwarder != nil }
}
