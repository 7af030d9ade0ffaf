import Foundation
import Postgres
import Records
import TestSupport
import Testing
import Understanding

/// Which utterances are filed, on a real server.
@Suite("The ledger of chats", .serialized)
struct ChatLedgerTests {
    private let conversation = Conversation(source: "hjemmeside", id: "c1")

    private func filing(_ id: Int64, _ keys: [String], in conversation: Conversation? = nil) -> Filing {
        let key = MessageKey(unreadable: id)
        return Filing(
            id: id, receivedAt: Date(), door: .chat, state: .done, contentKey: key, letter: nil, role: .lead,
            link: LinkDecision(status: .none),
            chat: ChatPart(
                conversation: conversation ?? self.conversation, keys: keys, dialogue: "dialogue \(id)",
                headline: "Chat"))
    }

    private func ledger(_ keys: [String], _ transaction: Transaction) async throws -> ChatLedger {
        try await ChatLedger(for: [(conversation, keys)], in: transaction)
    }

    @Test("what is filed is not new again, in the same batch and in a later one", .timeLimit(.minutes(1)))
    func take() async throws {
        try await withRecords { pool, _ in
            try await pool.transaction { transaction in
                var ledger = try await ledger(["a", "b", "c"], transaction)
                let first = ledger.take(["a", "b"], of: conversation, as: 1)
                #expect(first.new == ["a", "b"] && first.twin == nil)
                let second = ledger.take(["a", "b", "c"], of: conversation, as: 2)
                #expect(second.new == ["c"] && second.twin == nil)
                let third = ledger.take(["b", "c"], of: conversation, as: 3)
                #expect(third.new.isEmpty && third.twin == 1)
                let other = ledger.take(["a"], of: Conversation(source: "webshop", id: "c1"), as: 4)
                #expect(other.new == ["a"])
                try await Timeline.file([filing(1, ["a", "b"]), filing(2, ["c"])], in: transaction)
            }
            try await pool.transaction { transaction in
                var ledger = try await ledger(["b", "c", "d", "æ\u{301}"], transaction)
                let next = ledger.take(["b", "c", "d", "æ\u{301}"], of: conversation, as: 5)
                #expect(next.new == ["d", "æ\u{301}"])
                #expect(ledger.take(["c"], of: conversation, as: 6).twin == 2)
                try await Timeline.file([filing(5, next.new)], in: transaction)
            }
            let rows = try await pool.query("SELECT kind, subject, text FROM brevdue.message WHERE id = 5")
            let (kind, subject, text) = try rows[0].decode(String.self, String.self, String.self)
            #expect(kind == "chat" && subject == "Chat" && text == "dialogue 5")
        }
    }

    @Test("two that file the same at the same moment do not both: the later one begins again", .timeLimit(.minutes(1)))
    func race() async throws {
        try await withRecords { pool, _ in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for id in Int64(1)...4 {
                    group.addTask {
                        do {
                            try await pool.transaction { transaction in
                                var ledger = try await ledger(["a", "b"], transaction)
                                let taken = ledger.take(["b", "a"], of: conversation, as: id)
                                guard !taken.new.isEmpty else { return }
                                try await Timeline.file([filing(id, taken.new)], in: transaction)
                            }
                            return true
                        } catch is Timeline.FiledMeanwhile {
                            return false
                        }
                    }
                }
                try await group.waitForAll()
            }
            let count = try await pool.query("SELECT count(*), count(DISTINCT message_id) FROM brevdue.chat_utterance")
            let (utterances, messages) = try count[0].decode(Int64.self, Int64.self)
            #expect(utterances == 2 && messages == 1)
            #expect(try await pool.query("SELECT count(*) FROM brevdue.message")[0].decode(Int64.self) == 1)
        }
    }
}
