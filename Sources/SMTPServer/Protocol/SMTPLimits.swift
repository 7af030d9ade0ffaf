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
    /// Octets of a line of a log-in with its end (RFC 4954 section 4).
    package var authenticationLine = 12_288
    /// Failed log-ins after which the session is closed.
    package var logInFailures = 3
    /// Failed log-ins in a quarter of an hour, over all sessions: beyond them no password of that address, or of that
    /// user from an address new to it, is looked at.
    package var logInFailuresPerAddress = 30
    package var logInFailuresPerUser = 60
    /// How long the passwords of a user are looked for.
    package var logInLookUp = Duration.seconds(3)
    package var recipients = 1000
    /// Error replies without an accepted message after which the session is closed.
    package var errors = 10
    /// Commands without an effect that are free of charge between two accepted messages; further ones count as errors.
    package var harmlessCommands = 100
    /// Refused recipients between two accepted messages that are answered at once; further ones wait for ``slowdown``.
    package var promptRefusals = 5
    package var slowdown = Duration.seconds(1)
    package var receivedFields = 100
    /// Octets of a message that stay in memory; above them it goes to a file.
    package var memory = 1 << 20
    /// Connections in all, and from one address outside the trusted networks; a /64 of IPv6 is one address.
    package var connections = 5000
    package var connectionsPerAddress = 50
    /// From one network outside the trusted ones: a /24 of IPv4, a /48 of IPv6.
    package var connectionsPerNetwork = 200
    /// Connections that one address outside the trusted networks may open in a minute; a network four times as many.
    package var connectionsPerMinute = 1200
    /// Messages that one address outside the trusted networks may begin in a minute; a network four times as many.
    package var messagesPerMinute = 6000
    /// How long one who talks before the greeting is waited for; a trusted peer is not kept waiting.
    package var greetingDelay = Duration.milliseconds(10)
    /// Without a whole command, or without an octet of a message.
    package var idle = Duration.seconds(300)
    /// From the first octet of TLS to the end of the handshake.
    package var handshake = Duration.seconds(30)
    /// Until a load balancer has said who is behind it.
    package var proxyHeader = Duration.seconds(5)
    /// Without an accepted message and outside of one, whatever else is said.
    package var unproductive = Duration.seconds(3600)
    /// From the start of a message to its end.
    package var message = Duration.seconds(3600)
    /// How long the end of the connection is waited for after the last reply, so that it is read.
    package var farewell = Duration.seconds(1)

    package init() {}
}
