package import Hosts

/// What the server is told of its place.
package struct SMTPServerConfiguration: Sendable {
    package var listeners: [SMTPListener]
    /// In the greeting and in trace fields.
    package var hostname: String
    package var limits: SMTPLimits
    /// Sessions from here are exempt from limits of connections.
    package var trustedNetworks: [Network]
    /// Load balancers: each connection from here begins with a header of the PROXY protocol, version 2, that tells who
    /// is behind it; from others such a header is not understood.
    package var balancers: [Network] = []
    /// How long a message that is on its way may take to end after the stop was asked for.
    package var grace = Duration.seconds(8)
    /// How often the files of the certificates are looked at for a change.
    package var certificateCheck = Duration.seconds(10)

    package init(
        listeners: [SMTPListener], hostname: String, limits: SMTPLimits = SMTPLimits(), trustedNetworks: [Network] = []
    ) {
        self.listeners = listeners
        self.hostname = hostname
        self.limits = limits
        self.trustedNetworks = trustedNetworks
    }

    /// Ports for mail servers, with STARTTLS once there is a certificate.
    package init(listen: [String], hostname: String, limits: SMTPLimits = SMTPLimits(), trustedNetworks: [Network] = [])
    {
        self.init(
            listeners: listen.map { SMTPListener(address: $0) }, hostname: hostname, limits: limits,
            trustedNetworks: trustedNetworks)
    }
}
