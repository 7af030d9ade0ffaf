import Cryptography

/// AUTH (RFC 4954).
extension SMTPSession {
    var isAuthenticating: Bool { exchange != nil }

    mutating func authenticate(_ rest: ArraySlice<UInt8>) -> Action {
        guard hasGreeted else { return answer(.badSequence) }
        // What was sent with it is not looked at: it is known to others by now.
        guard info.isEncrypted else { return answer(.needsTLSForAuthentication) }
        guard terms.hasAuthenticator else { return answer(.notImplemented) }
        guard isExtended, envelope == nil, info.authenticatedUser == nil else { return answer(.badSequence) }
        let words = rest.split(separator: 0x20)
        guard let name = words.first, words.count <= 2 else { return answer(.badAuthentication) }
        guard let exchange = SASLExchange(mechanism: String(decoding: name, as: UTF8.self).uppercased()) else {
            return answer(.unknownMechanism)
        }
        self.exchange = exchange
        guard words.count == 2 else { return go(on: .challenge(exchange.opening)) }
        return receiveInitialResponse(words[1])
    }

    private mutating func receiveInitialResponse(_ word: ArraySlice<UInt8>) -> Action {
        // An empty response would otherwise look like none.
        word == [UInt8(ascii: "=")] ? respond([]) : receiveResponse(word)
    }

    /// A line of the client during a log-in.
    mutating func receiveResponse(_ line: ArraySlice<UInt8>) -> Action {
        guard line != [UInt8(ascii: "*")] else {
            exchange = nil
            return answer(.authenticationCancelled)
        }
        guard let text = String(validating: line, as: UTF8.self), let octets = Base64.decode(text) else {
            exchange = nil
            return answer(.badAuthentication)
        }
        return respond(octets)
    }

    private mutating func respond(_ octets: [UInt8]) -> Action {
        guard let step = exchange?.receive(octets) else { return answer(.badSequence) }
        return go(on: step)
    }

    /// Takes the answer to what was asked.
    mutating func answered(_ answer: SASLAnswer) -> Action {
        guard let step = exchange?.answered(answer) else { return self.answer(.badSequence) }
        return go(on: step)
    }

    private mutating func go(on step: SASLExchange.Step) -> Action {
        switch step {
        case .challenge(let octets): return .reply(.challenge(Base64.encode(octets)))
        case .question(let question): return .ask(question)
        case .success(let user):
            exchange = nil
            welcome(user)
            return answer(.authenticated)
        case .failure(let reply):
            exchange = nil
            if reply == .badCredentials { failedLogIns += 1 }
            guard failedLogIns < limits.logInFailures else { return .close([reply, .tooManyFailures]) }
            return answer(reply)
        }
    }
}
