import Cryptography
import Testing

@testable import SMTPServer

@Suite("SCRAM-SHA-256")
struct SCRAMTests {
    /// The example of RFC 7677 section 3.
    private static let salt = Base64.decode("W22ZaJ0SNY7soEsUEjb6gQ==") ?? []
    private static let first = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO"
    private static let challenge =
        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
    private static let final =
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
    private static let verifier = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="

    private static func exchange() -> SCRAMExchange { SCRAMExchange { "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0" } }

    private static func credentials(_ passwords: [String]) -> SCRAMCredentials {
        SCRAMCredentials(
            salt: salt, iterations: 4096,
            keys: passwords.map { SCRAMKeys(password: $0, salt: salt, iterations: 4096) })
    }

    @Test("40: the example of the RFC, with any of the user's passwords", arguments: [["pencil"], ["pen", "pencil"]])
    func example(_ passwords: [String]) {
        var exchange = Self.exchange()
        #expect(exchange.receive(Array(Self.first.utf8)) == .question(.credentials(user: "user")))
        #expect(exchange.answered(Self.credentials(passwords)) == .challenge(Array(Self.challenge.utf8)))
        #expect(exchange.receive(Array(Self.final.utf8)) == .challenge(Array(Self.verifier.utf8)))
        #expect(exchange.receive([]) == .success(user: "user"))
    }

    @Test("40: a wrong password and no such user look the same", arguments: [["pen"], []])
    func refused(_ passwords: [String]) {
        var exchange = Self.exchange()
        _ = exchange.receive(Array(Self.first.utf8))
        _ = exchange.answered(Self.credentials(passwords))
        #expect(exchange.receive(Array(Self.final.utf8)) == .failure(.badCredentials))
    }

    @Test(
        "40: first messages",
        arguments: [
            ("y,,n=user,r=x", SASLExchange.Step.question(.credentials(user: "user"))),
            ("n,a=user,n=user,r=x", .question(.credentials(user: "user"))),
            ("n,,n=a=2Cb=3Dc,r=x,ext=1", .question(.credentials(user: "a,b=c"))),
            // A client that binds the channel must not be let in without.
            ("p=tls-unique,,n=user,r=x", .failure(.badCredentials)),
            ("n,a=other,n=user,r=x", .failure(.badCredentials)),
            ("n,,m=x,n=user,r=x", .failure(.badAuthentication)),
            ("n,,n=us=er,r=x", .failure(.badAuthentication)), ("n,,n=,r=x", .failure(.badAuthentication)),
            ("n,,n=user,r=", .failure(.badAuthentication)), ("n,,n=user", .failure(.badAuthentication)),
            ("x,,n=user,r=x", .failure(.badAuthentication)), ("", .failure(.badAuthentication)),
            ("n,,n=us\u{0}er,r=x", .failure(.badAuthentication)), ("n,,n=user,r=a b", .failure(.badAuthentication)),
        ])
    func firstMessages(_ message: String, _ step: SASLExchange.Step) {
        var exchange = Self.exchange()
        #expect(exchange.receive(Array(message.utf8)) == step)
    }

    @Test(
        "40: last messages that are not to the point",
        arguments: [
            Self.final.replacing("biws", with: "eSws"), Self.final.replacing("c=biws", with: "c=cD10bHMsLA=="),
            Self.final.replacing("k0,", with: "k1,"), Self.final.replacing(",p=", with: ",q="),
            Self.final.replacing("p=d", with: "p=!"), "c=biws", "", ",p=",
        ])
    func lastMessages(_ message: String) {
        var exchange = Self.exchange()
        _ = exchange.receive(Array(Self.first.utf8))
        _ = exchange.answered(Self.credentials(["pencil"]))
        #expect(exchange.receive(Array(message.utf8)) == .failure(.badAuthentication))
    }

    @Test("40: nothing may be said to the server's signature")
    func farewell() {
        var exchange = Self.exchange()
        _ = exchange.receive(Array(Self.first.utf8))
        _ = exchange.answered(Self.credentials(["pencil"]))
        _ = exchange.receive(Array(Self.final.utf8))
        #expect(exchange.receive([0x20]) == .failure(.badAuthentication))
    }
}
