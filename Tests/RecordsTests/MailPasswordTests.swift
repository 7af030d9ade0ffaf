import Cryptography
import Postgres
import Records
import TestSupport
import Testing

@Suite("Passwords of mail programs")
struct MailPasswordTests {
    private static let jonas = "jh@fjordtek.example"

    private static func add(_ role: People.Role, password: String? = nil, to pool: PostgresPool) async throws {
        let keys = try password.map { SCRAMKeys(password: $0, salt: try SecureRandom.bytes(16)).description }
        _ = try await People.add(
            email: jonas, name: "Jonas", role: role, passwordHash: nil, scramKeys: keys, to: pool)
    }

    @Test("each program has its own, the newest first, and all share the salt that is sent before one is chosen")
    func several() async throws {
        try await withRecords { pool, _ in
            try await Self.add(.sales, password: "korrekt hest batteri", to: pool)
            let (outlook, phone) = (try AppPassword.make(), try AppPassword.make())
            try await MailPasswords.add(outlook, label: "Outlook", for: Self.jonas, in: pool)
            try await MailPasswords.add(phone, label: "phone", for: "JH@fjordtek.example", in: pool)
            let keys = try await MailPasswords.keys(of: "Jh@Fjordtek.example", in: pool)
            let made = [phone.text, outlook.text, "korrekt hest batteri"].map {
                SCRAMKeys(password: $0, salt: keys[0].salt, iterations: keys[0].iterations)
            }
            #expect(keys == made)
            #expect(try await MailPasswords.list(of: Self.jonas, in: pool).map(\.label) == ["Outlook", "phone"])
        }
    }

    @Test("a password that is taken back, and everything of a person who is disabled, is refused")
    func takenBack() async throws {
        try await withRecords { pool, _ in
            try await Self.add(.sales, to: pool)
            try await MailPasswords.add(try AppPassword.make(), label: "a", for: Self.jonas, in: pool)
            try await MailPasswords.add(try AppPassword.make(), label: "b", for: Self.jonas, in: pool)
            try await MailPasswords.revoke(label: "a", of: Self.jonas, in: pool)
            #expect(try await MailPasswords.keys(of: Self.jonas, in: pool).count == 1)
            await #expect(throws: MailPasswords.Refusal.unknown(label: "a", email: Self.jonas)) {
                try await MailPasswords.revoke(label: "a", of: Self.jonas, in: pool)
            }
            try await People.disable(email: Self.jonas, in: pool)
            #expect(try await MailPasswords.keys(of: Self.jonas, in: pool).isEmpty)
            await #expect(throws: People.Refusal.unknown(email: Self.jonas)) {
                try await People.disable(email: Self.jonas, in: pool)
            }
        }
    }

    @Test("only those who sell hand mail in; a label is taken once")
    func refusals() async throws {
        try await withRecords { pool, _ in
            try await Self.add(.partner, to: pool)
            await #expect(throws: MailPasswords.Refusal.mayNotSend(email: Self.jonas, role: "partner")) {
                try await MailPasswords.add(try AppPassword.make(), label: "a", for: Self.jonas, in: pool)
            }
            await #expect(throws: People.Refusal.unknown(email: "nobody@fjordtek.example")) {
                try await MailPasswords.add(
                    try AppPassword.make(), label: "a", for: "nobody@fjordtek.example", in: pool)
            }
            _ = try await pool.query("UPDATE brevdue.app_user SET role = 'admin'")
            try await MailPasswords.add(try AppPassword.make(), label: "a", for: Self.jonas, in: pool)
            await #expect(throws: MailPasswords.Refusal.exists(label: "a", email: Self.jonas)) {
                try await MailPasswords.add(try AppPassword.make(), label: "a", for: Self.jonas, in: pool)
            }
        }
    }

    @Test("no two are alike, and each holds well over 128 random bits")
    func chance() throws {
        let passwords = try (0..<1000).map { _ in try AppPassword.make().text }
        #expect(Set(passwords).count == 1000)
        #expect(passwords.allSatisfy { $0.count == 34 && $0.split(separator: "-").map(\.count) == [6, 6, 6, 6, 6] })
        #expect(Set(passwords.joined()).count == 33, "all 32 characters and the hyphen come up")
    }
}
