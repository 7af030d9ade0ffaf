import Chat
import Foundation
import Testing

/// A transcript's event as JSON, a little of it changed.
struct EventFixture {
    /// With everything that the format knows.
    static let whole = """
        {"type": "chat.transcript.created", "timestamp": "2026-11-24T10:12:00+01:00", "data": {
            "source": "hjemmeside", "conversation_id": "c-17", "state": "closed",
            "started_at": "2026-11-24T10:02:00+01:00", "ended_at": "2026-11-24T10:11:00+01:00",
            "visitor": {"name": "Mette Lyngholm", "email": "mette@vestklit.example", "phone": "+45 97 00 12 34",
                "company": "Vestklit Emballage A/S", "cvr": "91430525", "locale": "da-DK"},
            "page_url": "https://fjordtek.example/priser",
            "messages": [
                {"id": "m1", "at": "2026-11-24T10:02:00+01:00", "role": "bot", "author": "Botten", "text": "Hej", "attachments": []},
                {"id": "m2", "at": "2026-11-24T10:03:00+01:00", "role": "visitor", "text": "Vi er 12 brugere.",
                    "attachments": [{"name": "plan.pdf", "url": "https://fjordtek.example/f/1"}]}
            ]}}
        """

    static func transcript(_ json: String) throws -> Transcript {
        guard case .transcript(let transcript) = try ChatEvent(Array(json.utf8)).content else {
            throw CancellationError()
        }
        return transcript
    }

    /// The fault of a body; `nil` when it is taken.
    static func fault(_ octets: [UInt8]) -> EventFault? {
        do throws(EventFault) {
            _ = try ChatEvent(octets)
            return nil
        } catch {
            return error
        }
    }
}
