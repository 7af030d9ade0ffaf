/// What came of fetching one message.
package struct FetchOutcome: Hashable, Sendable {
    package enum Result: Hashable, Sendable {
        case content(MessageContent)
        /// It is not there any more.
        case gone
        /// The server does not give it, or not in a form that can be read.
        case refused(String)
    }

    package var uid: UInt32
    package var result: Result
}

/// A FETCH that was sent and whose end is not read yet.
struct PendingFetch {
    let tag: String
    let uids: [UInt32]
    var contents: [UInt32: MessageContent] = [:]
    var ending: Condition?
    /// Why a response in its time could not be read.
    var fault: ProtocolFault?

    var missing: [UInt32] { uids.filter { contents[$0] == nil } }
    func awaits(_ uid: UInt32) -> Bool { ending == nil && contents[uid] == nil && uids.contains(uid) }
}

extension IMAPClient {
    /// Asks for whole messages; the answer is read by ``finishFetch()``, one after the other in this order.
    ///
    /// Two at a time keep the server busy while what came is stored.
    package func beginFetch(_ uids: [UInt32]) async throws(IMAPError) {
        let tag = try await send(.words("UID FETCH", "\(UIDSet(uids)) (UID BODY.PEEK[])"))
        fetches.append(PendingFetch(tag: tag, uids: uids))
    }

    /// What came of the oldest fetch, by UID; `nil` when there is none.
    ///
    /// Messages that were not given together are asked for one by one, so that a bad one is told from the rest. Whoever
    /// gets a file removes it.
    package func finishFetch() async throws(IMAPError) -> [FetchOutcome]? {
        guard let tag = fetches.first?.tag else { return nil }
        let fetch = try await finish(tag)
        var results = fetch.contents.mapValues { FetchOutcome.Result.content($0) }
        let isDoubtful = fetch.ending?.status != .ok || fetch.fault != nil
        for uid in fetch.missing {
            results[uid] = isDoubtful ? try await fetchSingly(uid, in: fetch) : .gone
        }
        // A server that gives none of several messages has another fault than all of them.
        if fetch.missing.count == fetch.uids.count, fetch.uids.count > 1,
            results.values.allSatisfy({ if case .refused = $0 { true } else { false } })
        {
            throw .closed("the server gives no message: \(fetch.ending.map { "\($0)" } ?? "it cannot be read")")
        }
        return results.map { FetchOutcome(uid: $0.key, result: $0.value) }.sorted { $0.uid < $1.uid }
    }

    private func fetchSingly(_ uid: UInt32, in whole: PendingFetch) async throws(IMAPError) -> FetchOutcome.Result {
        var fetch = whole
        if whole.uids.count > 1 {
            try await beginFetch([uid])
            guard let tag = fetches.last?.tag else { return .gone }
            fetch = try await finish(tag)
        }
        if let content = fetch.contents[uid] { return .content(content) }
        if let fault = fetch.fault { return .refused("the response cannot be read: \(fault)") }
        guard let ending = fetch.ending, ending.status != .ok else { return .gone }
        if ending.isOfTheMoment { throw .unavailable("\(ending)") }
        return .refused("the server answers \(ending)")
    }

    private func finish(_ tag: String) async throws(IMAPError) -> PendingFetch {
        var patience = patience(doing: "fetching")
        while true {
            if let index = fetches.firstIndex(where: { $0.tag == tag && $0.ending != nil }) {
                return fetches.remove(at: index)
            }
            let (response, content) = try await receive(&patience)
            keep(response, content)
        }
    }

    /// Keeps what belongs to a fetch that was begun.
    func keep(_ response: Response, _ content: MessageContent?) {
        switch response {
        case .fetch(let message):
            let whole: MessageContent? =
                switch message.content {
                case .absent: nil
                case .none: MessageContent.none
                case .octets(let octets): .memory(octets)
                case .streamed: content
                }
            guard let whole else { break }
            guard let uid = message.uid, let index = fetches.firstIndex(where: { $0.awaits(uid) }) else {
                return whole.discard()
            }
            fetches[index].contents[uid] = whole
        case .unreadableFetch(let fault):
            content?.discard()
            if let index = fetches.firstIndex(where: { $0.ending == nil }) { fetches[index].fault = fault }
        case .tagged(let tag, let condition):
            if let index = fetches.firstIndex(where: { $0.tag == tag }) { fetches[index].ending = condition }
        default: content?.discard()
        }
    }

    /// Removes the files of what was fetched and will not be asked for any more.
    package func abandonFetches() {
        for fetch in fetches { fetch.contents.values.forEach { $0.discard() } }
        fetches = []
    }
}
