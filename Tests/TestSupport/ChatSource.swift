import Chat
import Cryptography
package import Foundation

/// A website that posts its chats to a daemon, signed with its secret.
package struct ChatSource: Sendable {
    package let name: String
    package var secret: String
    private let port: Int

    /// Makes it known to the daemon.
    package init(_ name: String, to daemon: TestDaemon) async throws {
        self.name = name
        port = daemon.httpPort
        secret = try await daemon.command("source", "add", name, "--kind", "standard")
    }

    package var path: String { "/v1/webhooks/chat/\(name)" }

    /// The three header fields; `at`: the instant of the attempt.
    package func headers(_ body: [UInt8], id: String, at instant: Date = Date()) throws -> [String: String] {
        guard let secret = WebhookSecret(text: secret) else { throw TestFailure("no secret: \(self.secret)") }
        let timestamp = Int64(instant.timeIntervalSince1970)
        let code = StandardWebhook.code(id: id, timestamp: timestamp, body: body, secret: secret)
        return [
            "webhook-id": id, "webhook-timestamp": "\(timestamp)", "webhook-signature": "v1,\(Base64.encode(code))",
        ]
    }

    /// Posts a body; `headers`: those of another one.
    package func post(_ body: [UInt8], id: String, headers: [String: String]? = nil) async throws -> HTTP.Answer {
        guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else { throw TestFailure("bad path \(path)") }
        return try await HTTP.send(
            "POST", url, headers: try headers ?? self.headers(body, id: id), body: Data(body))
    }

    /// Posts a chat and gives back the id of its message.
    package func post(_ chat: SampleChat, id: String) async throws -> String {
        let answer = try await post(try chat.body(), id: id)
        guard answer.status == 202, let message = try answer.object()["id"] as? String else {
            throw TestFailure("not taken: \(answer.status) \(answer.text)")
        }
        return message
    }
}

/// A conversation for tests.
package struct SampleChat: Sendable {
    package var conversation: String
    package var visitor: [String: String]
    /// What was said: id, role, words and seconds since the start.
    package var said: [(id: String, role: String, text: String, seconds: Double)] = []
    package var start: Date

    package init(
        _ conversation: String, visitor: [String: String] = [:], start: Date = Date(timeIntervalSinceNow: -3600)
    ) {
        self.conversation = conversation
        self.visitor = visitor
        self.start = Date(timeIntervalSince1970: start.timeIntervalSince1970.rounded(.down))
    }

    /// Goes on, each time 30 seconds later.
    package mutating func say(_ role: String, _ text: String) {
        said.append(("m\(said.count + 1)", role, text, Double(said.count) * 30))
    }

    /// When something of it was said, as the API shows it.
    package func time(_ place: Int) -> String { Self.text(start.addingTimeInterval(said[place].seconds)) }

    /// The event of it.
    package func body() throws -> [UInt8] {
        let messages: [[String: Any]] = said.map { said in
            [
                "id": said.id, "role": said.role, "text": said.text, "attachments": [String](),
                "at": Self.text(start.addingTimeInterval(said.seconds)),
            ]
        }
        let data: [String: Any] = [
            "source": "hjemmeside", "conversation_id": conversation, "state": "open", "started_at": Self.text(start),
            "visitor": visitor, "messages": messages,
        ]
        let event: [String: Any] = [
            "type": "chat.transcript.created", "timestamp": Self.text(Date()), "data": data,
        ]
        return Array(try JSONSerialization.data(withJSONObject: event, options: .sortedKeys))
    }

    private static func text(_ instant: Date) -> String { instant.formatted(.iso8601) }
}
