import CCurl
import Curl

extension CurlHandle {
    /// Sets what stays the same for every mail to this relay.
    func configure(for relay: SMTPRelay) {
        connect(to: relay)
        set(CURLOPT_UPLOAD, true)
        set(CURLOPT_TCP_KEEPALIVE, true)
        set(CURLOPT_MAXCONNECTS, 1)
        // Above every limit of `Transfer`, which knows what the session is at and watches it more closely.
        let longest = max(relay.timeouts.command, relay.timeouts.finalReply) + .seconds(60)
        set(CURLOPT_SERVER_RESPONSE_TIMEOUT, Int(longest.components.seconds))
        installCallbacks()
    }

    /// Sets where the relay is and how it is spoken to.
    func connect(to relay: SMTPRelay) {
        set(CURLOPT_URL, relay.url)
        set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        // Time-outs of the resolver by signal are nothing for a process with threads.
        set(CURLOPT_NOSIGNAL, true)
        // What http_proxy and its kin say is not meant for mail.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NOPROXY, "*")
        set(CURLOPT_CONNECTTIMEOUT_MS, relay.timeouts.connect.wholeMilliseconds)
        secure(relay)
        if let login = relay.login {
            set(CURLOPT_USERNAME, login.user)
            set(CURLOPT_PASSWORD, login.password)
        }
    }

    private func secure(_ relay: SMTPRelay) {
        let level =
            switch relay.tls {
            case .none: CURLUSESSL_NONE
            case .opportunistic: CURLUSESSL_TRY
            case .required: CURLUSESSL_ALL
            }
        set(CURLOPT_USE_SSL, Int(level.rawValue))
        set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        set(CURLOPT_SSL_VERIFYPEER, relay.tls == .required)
        set(CURLOPT_SSL_VERIFYHOST, relay.tls == .required ? 2 : 0)
        if let caFile = relay.caFile { set(CURLOPT_CAINFO, caFile) }
    }

    /// Points libcurl to the `Transfer` that the data options name.
    private func installCallbacks() {
        brevdue_curl_set_read_function(pointer) { buffer, size, count, context in
            guard let buffer, let transfer = Transfer.at(context) else { return Int(CURL_READFUNC_ABORT) }
            return transfer.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
        }
        brevdue_curl_set_debug_function(pointer) { _, kind, bytes, count, context in
            guard let bytes, let transfer = Transfer.at(context) else { return 0 }
            transfer.observe(kind, UnsafeRawBufferPointer(start: bytes, count: count))
            return 0
        }
        brevdue_curl_set_progress_function(pointer) { context, _, _, _, _ in
            guard let transfer = Transfer.at(context) else { return 1 }
            return transfer.mayGoOn() ? 0 : 1
        }
        // Commands and replies are seen through the debug function alone, both in their order.
        set(CURLOPT_VERBOSE, true)
        set(CURLOPT_NOPROGRESS, false)
    }

    /// Sets what belongs to one mail, and tells whether libcurl took it; the recipient and the transfer must outlive
    /// `perform()`.
    func prepare(
        _ mail: SMTPTransaction, to recipient: RecipientEntry, transfer: Transfer, freshConnection: Bool
    ) -> Bool {
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        for option in [CURLOPT_READDATA, CURLOPT_DEBUGDATA, CURLOPT_XFERINFODATA] { set(option, context) }
        return set(CURLOPT_MAIL_FROM, mail.envelopeFrom) && set(CURLOPT_INFILESIZE_LARGE, size: mail.octets.count)
            && set(CURLOPT_FRESH_CONNECT, freshConnection)
            && brevdue_curl_set_list(pointer, CURLOPT_MAIL_RCPT, recipient.list) == CURLE_OK
    }

    /// Forgets what `prepare` pointed libcurl to, before it is gone.
    func forgetMail() {
        _ = brevdue_curl_set_list(pointer, CURLOPT_MAIL_RCPT, nil)
        for option in [CURLOPT_READDATA, CURLOPT_DEBUGDATA, CURLOPT_XFERINFODATA] {
            set(option, nil as UnsafeMutableRawPointer?)
        }
    }
}

extension Duration {
    fileprivate var wholeMilliseconds: Int {
        Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
