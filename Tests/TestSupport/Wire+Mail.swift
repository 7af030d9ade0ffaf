extension Wire {
    /// Takes the greeting and says EHLO; whether both were well received.
    package func open(as name: String = "client.example") -> Bool {
        reply().hasPrefix("220 ") && command("EHLO \(name)").hasPrefix("250 ")
    }

    /// Says an envelope and DATA; gives back the first reply that is not the one hoped for, or that to DATA.
    package func begin(
        from sender: String = "jh@fjordtek.example", to recipients: [String] = ["leads@fjordtek.example"]
    ) -> String {
        for line in ["MAIL FROM:<\(sender)>"] + recipients.map({ "RCPT TO:<\($0)>" }) {
            let reply = command(line)
            guard reply.hasPrefix("250 ") else { return reply }
        }
        return command("DATA")
    }

    /// Hands a mail in as it stands, without dots to stuff; gives back the reply to its end.
    package func hand(
        _ mail: String, from sender: String = "jh@fjordtek.example",
        to recipients: [String] = ["leads@fjordtek.example"]
    ) -> String {
        let asked = begin(from: sender, to: recipients)
        guard asked.hasPrefix("354 ") else { return asked }
        send(mail + ".\r\n")
        return reply()
    }
}
