import Chat
import Doors
import Hummingbird
import NIOCore
import Records

/// Where senders of chats post their events; a signature stands for the log-in.
struct WebhookRoutes {
    private let door: ChatDoor
    private let bodies = BoundedBody(sizeLimit: ChatDoor.sizeLimit, totalLimit: 64 << 20, patience: .seconds(15))

    init(door: ChatDoor) { self.door = door }

    func add(to router: some RouterMethods<Session>) {
        router.post("v1/webhooks/chat/:source", use: receive)
        for method in [HTTPRequest.Method.get, .head, .put, .patch, .delete] {
            router.on("v1/webhooks/chat/:source", method: method) { _, _ -> Response in
                throw Problem.methodNotAllowed("events are posted here", allow: "POST")
            }
        }
    }

    private struct Receipt: Encodable {
        var id: String
        var duplicate: Bool
    }

    @Sendable private func receive(_ request: Request, _ session: Session) async throws -> Response {
        guard let source = session.parameters.get("source") else { throw Problem.notFound("source") }
        let headers = StandardWebhook.Headers(
            id: request.header("webhook-id"), timestamp: request.header("webhook-timestamp"),
            signature: request.header("webhook-signature"))
        do {
            let receipt = try await bodies.with(request) { try await door.receive($0, from: source, headers) }
            var response = try Response.json(Receipt(id: String(receipt.id), duplicate: receipt.duplicate))
            response.status = receipt.duplicate ? .ok : .accepted
            return response
        } catch let refusal as ChatDoor.Refusal {
            throw Problem(refusal)
        } catch JournalError.unavailable {
            throw Problem.unavailable("the database is away")
        } catch JournalError.full {
            throw Problem.unavailable("there is no room")
        }
    }
}

extension Problem {
    fileprivate init(_ refusal: ChatDoor.Refusal) {
        switch refusal {
        case .unknownSource: self = .notFound("source of chats")
        case .unbelieved(let reason):
            self.init(status: .unauthorized, title: "Not signed", detail: "\(reason)")
            headers[.wwwAuthenticate] = "StandardWebhooks"
        case .unusable(.notJSON(let reason)): self = .badRequest("the body is not JSON: \(reason)")
        case .unusable(let fault):
            self.init(status: .unprocessableContent, title: "Not as agreed", detail: "\(fault)")
        }
    }
}

extension Request {
    /// A field by its name in lower case; several of one name are joined.
    fileprivate func header(_ name: String) -> String? { HTTPFields.Element.Name(name).flatMap { headers[$0] } }
}
