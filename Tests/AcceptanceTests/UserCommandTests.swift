import Subprocess
import TestSupport
import Testing

@Suite("People by command")
struct UserCommandTests {
    @Test("somebody who is there already is not added again: refused with 1 and said, in any case of the address")
    func twice() async throws {
        try await Desk.open("twice") { desk in
            let before = try await desk.daemon.command("user", "list", "--json")
            for email in ["jh@fjordtek.example", "JH@Fjordtek.example"] {
                let (status, output, complaint) = try await desk.daemon.outcome(
                    of: ["user", "add", "--email", email, "--name", "Anden", "--role", "admin"])
                #expect(status == .exited(1) && output.isEmpty)
                #expect(
                    complaint.contains("there is a user \(email) already") && complaint.contains("nothing was changed"))
            }
            #expect(try await desk.daemon.command("user", "list", "--json") == before)
        }
    }
}
