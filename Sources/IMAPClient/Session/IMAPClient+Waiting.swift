/// Waiting for mail.
extension IMAPClient {
    /// Waits until mail comes or the time is over (RFC 2177); tells whether mail came.
    ///
    /// No longer than 29 minutes, after which servers end a silent session.
    package func idle(for limit: Duration) async throws(IMAPError) -> Bool {
        guard folder?.arrivals ?? 0 == arrivalsSeen else { return true }
        let command = Command("IDLE")
        let tag = try await send(command)
        isIdle = true
        if let condition = try await answer(to: tag, of: command, orContinuation: true) {
            isIdle = false
            throw .refused(command: command.name, condition)
        }
        let time = min(limit, .seconds(28 * 60))
        var patience = Patience(
            doing: "idle", silence: time, total: time, octets: server.idleLimit, contents: 0)
        while folder?.arrivals ?? 0 == arrivalsSeen {
            do throws(IMAPError) {
                let (response, content) = try await receive(&patience)
                keep(response, content)
                guard case .tagged(tag, let condition) = response else { continue }
                // The server ended it by itself.
                isIdle = false
                try check(condition, command)
                return folder?.arrivals ?? 0 != arrivalsSeen
            } catch .timedOut {
                break
            }
        }
        write("DONE\r\n")
        isIdle = false
        guard let condition = try await answer(to: tag, of: command, orContinuation: false) else { return false }
        try check(condition, command)
        return folder?.arrivals ?? 0 != arrivalsSeen
    }

    /// Asks for news where the server has no IDLE; tells whether mail came.
    package func noop() async throws(IMAPError) -> Bool {
        try await run(Command("NOOP"))
        return folder?.arrivals ?? 0 != arrivalsSeen
    }

    package var canIdle: Bool { capabilities.contains("IDLE") }
}
