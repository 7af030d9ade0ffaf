import DNS
import Foundation
import MailAuthentication
import Testing

/// The signed messages of the RFCs.
struct DKIMVectorTests {
    private static let body = "\nHi.\n\nWe lost the game. Are you hungry yet?\n\nJoe.\n"
    private static let header = """
        From: Joe SixPack <joe@football.example.com>
        To: Suzie Q <suzie@shopping.example.net>
        Subject: Is dinner ready?
        Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
        Message-ID: <20030712040037.46341.5F8J@football.example.com>

        """

    /// RFC 6376 appendix A.2, with the key of appendix C.
    private static let simple = """
        DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;
              c=simple/simple; q=dns/txt; i=joe@football.example.com;
              h=Received : From : To : Subject : Date : Message-ID;
              bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
              b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB
              4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut
              KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV
              4bmp/YzhwvcubU4=;
        Received: from client1.football.example.com  [192.0.2.1]
              by submitserver.example.com with SUBMISSION;
              Fri, 11 Jul 2003 21:01:54 -0700 (PDT)

        """ + header + body

    /// RFC 8463 appendix A.3.
    private static let two = """
        DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
         d=football.example.com; i=@football.example.com;
         q=dns/txt; s=brisbane; t=1528637909; h=from : to :
         subject : date : message-id : from : subject : date;
         bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
         b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
         Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
        DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
         d=football.example.com; i=@football.example.com;
         q=dns/txt; s=test; t=1528637909; h=from : to : subject :
         date : message-id : from : subject : date;
         bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
         b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
         DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
         dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=

        """ + header + body

    private static let dns = RecordTable([
        "brisbane._domainkey.example.com": [
            "TXT v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFC"
                + "jxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGja"
                + "NBcWToIMmPSPDdQPNUYckcQ2QIDAQAB"
        ],
        "brisbane._domainkey.football.example.com": [
            "TXT v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
        ],
        "test._domainkey.football.example.com": [
            "TXT v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdO"
                + "Kb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVY"
                + "LzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB"
        ],
    ])

    private func verdict(_ text: String) async -> AuthenticationVerdict {
        await MailAuthenticator(dns: Self.dns).verify(mail(text), client: nil, at: Date())
    }

    @Test func `the example of RFC 6376 passes`() async {
        let dkim = await verdict(Self.simple).dkim
        #expect(dkim.map(\.result) == [.pass], "\(dkim)")
        #expect(dkim.map(\.counts) == [true])
    }

    @Test func `both signatures of the example of RFC 8463 pass`() async {
        let verdict = await verdict(Self.two)
        #expect(verdict.dkim.map(\.result) == [.pass, .pass], "\(verdict.dkim)")
        #expect(verdict.dkim.map(\.algorithm) == ["ed25519-sha256", "rsa-sha256"])
        #expect(verdict.dkimAlignedPass(for: "football.example.com"))
        #expect(!verdict.dkimAlignedPass(for: "example.com"))
    }

    @Test(arguments: [("hungry", "Hungry"), ("dinner", "supper"), ("suzie@", "susan@"), ("2003", "2004")])
    func `one octet changed in what is signed fails`(old: String, new: String) async {
        let dkim = await verdict(Self.two.replacing(old, with: new)).dkim
        #expect(dkim.map(\.result) == [.fail, .fail])
    }

    @Test func `a field added to an over-signed one fails`() async {
        let dkim = await verdict("Subject: another\n" + Self.two).dkim
        #expect(dkim.map(\.result) == [.fail, .fail])
    }
}
