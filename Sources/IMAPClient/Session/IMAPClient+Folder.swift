/// A message of the folder, before it is fetched.
package struct MessageEntry: Hashable, Sendable {
    package var uid: UInt32
    /// Octets; `nil` when the server does not tell.
    package var size: UInt64?
    package var internalDate: String?

    package init(uid: UInt32, size: UInt64? = nil, internalDate: String? = nil) {
        self.uid = uid
        self.size = size
        self.internalDate = internalDate
    }
}

extension IMAPClient {
    /// Opens the folder that somebody means by `name`; `readOnly` where nothing on the server may change.
    package func open(_ name: String, readOnly: Bool) async throws(IMAPError) -> OpenFolder {
        let octets = try await octets(of: name)
        folder = OpenFolder(readOnly: readOnly)
        arrivalsSeen = 0
        try await run(.open(octets, readOnly: readOnly))
        guard let folder else { throw .closed("no folder is open") }
        arrivalsSeen = folder.arrivals
        return folder
    }

    /// The name of a folder as the server writes it; one that is not listed is encoded as it stands.
    package func octets(of name: String) async throws(IMAPError) -> [UInt8] {
        if name.uppercased() == "INBOX" { return Array("INBOX".utf8) }
        var folders: [ListedFolder] = []
        try await run(.list("*")) { response in
            // Bounded: a mailbox with more folders is found by the exact name only.
            if case .list(let folder) = response, folders.count < 10_000 { folders.append(folder) }
        }
        if let found = FolderName.find(name, among: folders, isUTF8: isUTF8) { return found.name }
        let delimiter = folders.lazy.compactMap(\.delimiter).first
        return FolderName.encode(
            delimiter.map { name.replacing("/", with: String($0)) } ?? name, isUTF8: isUTF8)
    }

    /// Messages from a UID on, to another or to the last, by their UIDs; at most `limit`, those with the lowest UIDs.
    ///
    /// Without `sizes` the server need not open the messages, which one of them may not stand.
    ///
    /// `first:*` always names the last message, even below `first` (RFC 3501 section 6.4.8): it is left out.
    package func entries(
        from first: UInt32, to last: UInt32?, limit: Int, sizes: Bool = true
    ) async throws(IMAPError) -> [MessageEntry] {
        arrivalsSeen = folder?.arrivals ?? 0
        var entries: [UInt32: MessageEntry] = [:]
        let range = UIDSet(from: first, to: last)
        var isIncomplete = false
        try await run(.words("UID FETCH", "\(range) (UID\(sizes ? " RFC822.SIZE" : "") INTERNALDATE)")) { response in
            if case .unreadableFetch = response { isIncomplete = true }
            guard case .fetch(let message) = response, let uid = message.uid, uid >= first, uid <= last ?? .max else {
                return
            }
            entries[uid] = MessageEntry(uid: uid, size: message.size, internalDate: message.internalDate)
            guard entries.count >= 2 * limit else { return }
            for uid in entries.keys.sorted().dropFirst(limit) { entries[uid] = nil }
        }
        // A message whose line cannot be read is there all the same: it is fetched as it is.
        if isIncomplete {
            for uid in try await search("UID \(range)") where uid >= first && uid <= last ?? .max && entries[uid] == nil
            {
                entries[uid] = MessageEntry(uid: uid, size: nil, internalDate: nil)
            }
        }
        return entries.values.sorted { $0.uid < $1.uid }.prefix(limit).map { $0 }
    }

    /// The highest UID there is; `nil` in an empty folder.
    package func lastUID() async throws(IMAPError) -> UInt32? {
        guard folder?.exists ?? 0 > 0 else { return nil }
        var last: UInt32?
        try await run(.words("UID FETCH", "* (UID)")) { response in
            if case .fetch(let message) = response, let uid = message.uid { last = max(last ?? 0, uid) }
        }
        return last
    }

    /// UIDs that meet criteria such as `UID 1:500 SINCE 1-Jan-2026` (RFC 3501 section 6.4.4).
    package func search(_ criteria: String) async throws(IMAPError) -> [UInt32] {
        var found: [UInt32] = []
        try await run(.words("UID SEARCH", criteria)) { response in
            if case .search(let uids) = response { found += uids }
        }
        return found
    }

    /// Sets a flag or keyword on messages.
    package func set(_ flag: String, on uids: [UInt32]) async throws(IMAPError) {
        try await run(.words("UID STORE", "\(UIDSet(uids)) +FLAGS.SILENT (\(flag))"))
    }

    /// Moves messages (RFC 6851), or copies them and removes exactly these where that is possible.
    ///
    /// The folder is made when it is not there.
    package func move(_ uids: [UInt32], to name: String) async throws(IMAPError) {
        let octets = try await octets(of: name)
        let isMove = capabilities.contains("MOVE")
        let command = Command.transfer(isMove ? "MOVE" : "COPY", UIDSet(uids), to: octets)
        do throws(IMAPError) {
            try await run(command)
        } catch .refused(_, let condition) where condition.code == .tryCreate {
            try await run(.create(octets))
            try await run(command)
        }
        guard !isMove else { return }
        try await set("\\Deleted", on: uids)
        // A plain EXPUNGE would remove what others marked as well.
        if capabilities.contains("UIDPLUS") { try await run(.words("UID EXPUNGE", "\(UIDSet(uids))")) }
    }
}
