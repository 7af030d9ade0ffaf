/// Bounds of a session.
package struct SMTPLimits: Sendable {
    /// Octets of a message, announced as SIZE.
    package var messageSize = 50 << 20
    /// Octets of a command line with its end that are understood (RFC 5321 section 4.5.3.1.4 asks for 512).
    package var commandLine = 2048
    /// Octets without a line end after which the session is closed.
    package var unendedLine = 64 << 10
    /// Octets of a line of the message.
    package var dataLine = 64 << 10
    package var recipients = 1000
    /// Error replies without an accepted message, and harmless commands, before the session is closed.
    package var errors = 10
    package var harmlessCommands = 100
    package var receivedFields = 100
    /// Octets of a message that stay in memory; above them it goes to a file.
    package var memory = 1 << 20
    /// Connections in all, and from one address outside the trusted networks.
    package var connections = 5000
    package var connectionsPerAddress = 50
    package var idleSeconds: Int64 = 300

    package init() {}
}
