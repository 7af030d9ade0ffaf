import CVR
import FoundationEssentials
import Hummingbird
import NIOCore
import Postgres
import Records

/// What the CRM reads.
struct RecordRoutes {
    let pool: PostgresPool

    func add(to router: some RouterMethods<Session>) {
        router.read("me", use: me)
        router.read("leads", use: leads)
        router.read("leads/:id", use: lead)
        router.read("companies", use: companies)
        router.read("companies/:cvr", use: company)
        router.read("companies/:cvr/timeline", use: timeline)
        router.read("messages", use: messages)
        router.read("messages/:id", use: message)
        router.read("messages/:id/raw", use: raw)
        router.read("outbox", use: outbox)
        router.read("outbox/:id", use: mail)
    }

    private struct Me: Encodable {
        var id: String
        var email: String
        var name: String
        var role: String
    }

    @Sendable private func me(_ request: Request, _ session: Session) async throws -> Response {
        guard let user = session.user else { throw Problem.unauthorized }
        return try .json(
            Me(id: user.id.uuidString.lowercased(), email: user.email, name: user.name, role: user.role.rawValue))
    }

    @Sendable private func leads(_ request: Request, _ session: Session) async throws -> Response {
        try .json(await LeadView.page(try request.page(values: 2), session.scope, in: pool))
    }

    @Sendable private func lead(_ request: Request, _ session: Session) async throws -> Response {
        guard let lead = try await LeadView.one(try session.id("lead"), session.scope, in: pool) else {
            throw Problem.notFound("lead")
        }
        return try .json(lead)
    }

    @Sendable private func companies(_ request: Request, _ session: Session) async throws -> Response {
        let query = request.parameter("query") ?? ""
        return try .json(await CompanyView.page(try request.page(values: 1), query, session.scope, in: pool))
    }

    @Sendable private func company(_ request: Request, _ session: Session) async throws -> Response {
        guard let number = number(session), let company = try await CompanyView.one(number, session.scope, in: pool)
        else {
            throw Problem.notFound("company")
        }
        return try .json(company)
    }

    @Sendable private func timeline(_ request: Request, _ session: Session) async throws -> Response {
        guard let number = number(session), try await CompanyView.one(number, session.scope, in: pool) != nil else {
            throw Problem.notFound("company")
        }
        return try .json(await TimelineEntry.page(of: number, try request.page(values: 3), session.scope, in: pool))
    }

    private func number(_ session: Session) -> String? {
        session.parameters.get("cvr").flatMap { CVRNumber($0) }?.description
    }

    @Sendable private func messages(_ request: Request, _ session: Session) async throws -> Response {
        let filter = MessageView.Filter(
            messageID: request.parameter("message_id"), cvr: request.parameter("cvr"), state: request.parameter("state")
        )
        return try .json(await MessageView.page(try request.page(values: 1), filter, session.scope, in: pool))
    }

    @Sendable private func message(_ request: Request, _ session: Session) async throws -> Response {
        guard let message = try await MessageView.one(try session.id("message"), session.scope, in: pool) else {
            throw Problem.notFound("message")
        }
        return try .json(message)
    }

    /// Exactly the octets received, never more than a piece of them in memory.
    @Sendable private func raw(_ request: Request, _ session: Session) async throws -> Response {
        let id = try session.id("message")
        guard let message = try await MessageView.one(id, session.scope, in: pool) else {
            throw Problem.notFound("message")
        }
        let (type, ending) = message.door == "chat" ? ("application/json", "json") : ("message/rfc822", "eml")
        let body = ResponseBody { writer in
            var ordinal: Int32 = 0
            while let piece = try await Journal.piece(ordinal, of: id, in: pool) {
                try await writer.write(ByteBuffer(bytes: piece))
                ordinal += 1
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: type, .contentDisposition: "attachment; filename=\"message-\(id).\(ending)\"",
            ], body: body)
    }

    @Sendable private func outbox(_ request: Request, _ session: Session) async throws -> Response {
        try .json(
            await OutboxView.page(
                try request.page(values: 1), state: request.parameter("state"), session.scope, in: pool))
    }

    @Sendable private func mail(_ request: Request, _ session: Session) async throws -> Response {
        guard let mail = try await OutboxView.one(try session.id("mail"), session.scope, in: pool) else {
            throw Problem.notFound("mail")
        }
        return try .json(mail)
    }
}
