import Testing

@testable import IMAPClient

struct ResponseCase: Sendable, CustomTestStringConvertible {
    var line: String
    var response: Response
    var testDescription: String { line }
}

@Suite("Responses of a server")
struct ResponseTests {
    static let cases = [
        ResponseCase(
            line: "* OK [UIDVALIDITY 7] valid",
            response: .condition(Condition(status: .ok, code: .uidValidity(7), text: "valid"))),
        ResponseCase(
            line: "* ok [permanentflags (\\Answered \\*)] x",
            response: .condition(Condition(status: .ok, code: .permanentFlags(["\\Answered", "\\*"]), text: "x"))),
        ResponseCase(
            line: "* OK [UIDNEXT x] odd",
            response: .condition(Condition(status: .ok, code: nil, text: "[UIDNEXT x] odd"))),
        ResponseCase(line: "* BYE", response: .condition(Condition(status: .bye, code: nil, text: ""))),
        ResponseCase(
            line: "* PREAUTH hello", response: .condition(Condition(status: .preauth, code: nil, text: "hello"))),
        ResponseCase(
            line: "a7 NO [TRYCREATE] no such folder",
            response: .tagged(tag: "a7", Condition(status: .no, code: .tryCreate, text: "no such folder"))),
        ResponseCase(
            line: "a7 NO [AUTHENTICATIONFAILED] no",
            response: .tagged(tag: "a7", Condition(status: .no, code: .other("AUTHENTICATIONFAILED"), text: "no"))),
        ResponseCase(line: "+", response: .continuation("")),
        ResponseCase(line: "+ eyJ9", response: .continuation("eyJ9")),
        ResponseCase(line: "* 12 EXISTS", response: .exists(12)),
        ResponseCase(line: "* 4 EXPUNGE", response: .expunge(4)),
        ResponseCase(line: "* SEARCH", response: .search([])),
        ResponseCase(line: "* SEARCH 5 6 (MODSEQ 9)", response: .search([5, 6])),
        ResponseCase(line: "* VANISHED (EARLIER) 1:3", response: .other),
        ResponseCase(
            line: "* LIST (\\Noselect) NIL INBOX",
            response: .list(ListedFolder(attributes: ["\\noselect"], delimiter: nil, name: Array("INBOX".utf8)))),
        ResponseCase(
            line: "* 1 FETCH (BODY[HEADER.FIELDS (DATE FROM)]<0> NIL UID 3 MODSEQ (12) RFC822.SIZE 44)",
            response: .fetch(FetchedMessage(sequence: 1, uid: 3, size: 44))),
        ResponseCase(
            line: "* 1 FETCH (UID 3 BODY[] NIL)",
            response: .fetch(FetchedMessage(sequence: 1, uid: 3, content: .none))),
    ]

    @Test("A line is read as what it says", arguments: cases)
    func reads(_ example: ResponseCase) { #expect(Reading(example.line + "\r\n").responses == [example.response]) }

    @Test("A fetch that makes no sense is told from a session that makes none")
    func unreadable() {
        guard case .unreadableFetch = Reading("* 1 FETCH (UID 0)\r\n").responses.first else {
            Issue.record("read")
            return
        }
        #expect(Reading("a1 FINE\r\n").fault != nil)
    }
}

@Suite("Names of folders")
struct FolderNameTests {
    @Test(
        "Modified UTF-7 goes there and back",
        arguments: [
            ("INBOX", "INBOX"), ("Læst", "L&AOY-st"), ("A&B", "A&-B"), ("台北", "&U,BTFw-"), ("😀", "&2D3eAA-"),
        ])
    func utf7(name: String, encoded: String) {
        #expect(FolderName.encode(name, isUTF8: false) == Array(encoded.utf8))
        #expect(FolderName.decode(Array(encoded.utf8), isUTF8: false) == name)
    }

    @Test("What is no modified UTF-7 is taken as it stands", arguments: ["&AO", "&A*-", "&2AA-"])
    func broken(name: String) { #expect(FolderName.decode(Array(name.utf8), isUTF8: false) == name) }

    @Test(
        "A folder is found however its levels are written",
        arguments: [
            ("Leads/Nye", "INBOX.Leads.Nye", "."), ("INBOX/Leads", "INBOX.Leads", "."),
            ("inbox.Leads", "INBOX.Leads", "."),
            ("Leads", "Leads", "/"), ("INBOX/Leads", "Leads", "/"), ("Læst", "L&AOY-st", "/"),
        ])
    func found(name: String, listed: String, delimiter: String) {
        let folders = [
            ListedFolder(attributes: [], delimiter: delimiter.first, name: Array("Other".utf8)),
            ListedFolder(attributes: [], delimiter: delimiter.first, name: Array(listed.utf8)),
        ]
        #expect(FolderName.find(name, among: folders, isUTF8: false)?.name == Array(listed.utf8))
    }
}

@Suite("Commands to a server")
struct CommandTests {
    @Test("What cannot be quoted goes as a literal, after the server's consent")
    func literal() {
        let parts = Command.login(user: "leads", password: "a\"b\\ø").octets(tag: "a1")
        #expect(parts.map { String(decoding: $0, as: UTF8.self) } == ["a1 LOGIN \"leads\" {6}\r\n", "a\"b\\ø\r\n"])
        let quoted = Command.login(user: "leads", password: "a\"b\\").octets(tag: "a1")
        #expect(quoted.map { String(decoding: $0, as: UTF8.self) } == ["a1 LOGIN \"leads\" \"a\\\"b\\\\\"\r\n"])
    }

    @Test("UIDs in a row are named by their ends")
    func sets() {
        #expect(UIDSet([5, 1, 2, 3, 9, 10]).description == "1:3,5,9:10")
        #expect(UIDSet([4_294_967_295, 4_294_967_294]).description == "4294967294:4294967295")
        #expect(UIDSet(from: 7, to: nil).description == "7:*")
    }

    @Test("A token is said as its mechanism wants it, and a failure is acknowledged")
    func tokens() throws {
        var google = try #require(
            SASLExchange(.xoauth2, user: "a@b.example", secret: .token("t"), host: "h", port: 993))
        #expect(google.initial == Array("user=a@b.example\u{1}auth=Bearer t\u{1}\u{1}".utf8))
        #expect(google.arguments(sendsInitial: true).hasPrefix("XOAUTH2 dXNlcj1h"))
        #expect(google.answer() == "")
        var standard = try #require(
            SASLExchange(.oauthbearer, user: "a,b=c", secret: .token("t"), host: "h", port: 993))
        #expect(standard.initial == Array("n,a=a=2Cb=3Dc,\u{1}host=h\u{1}port=993\u{1}auth=Bearer t\u{1}\u{1}".utf8))
        #expect(standard.arguments(sendsInitial: false) == "OAUTHBEARER")
        #expect(standard.answer().hasPrefix("bixhPWE9MkNi"))
        #expect(standard.answer() == "AQ==")
    }

    @Test("A password is never said by LOGIN where that is disabled")
    func disabled() {
        let login = IMAPLogin(user: "u", secret: .password("p"))
        #expect(login.mechanism(offered: ["LOGINDISABLED"]) == nil)
        #expect(login.mechanism(offered: ["IMAP4REV1"]) == .login)
        #expect(login.mechanism(offered: ["AUTH=PLAIN"]) == .plain)
        #expect("\(login) \(String(reflecting: login))".contains("\"p\"") == false)
    }
}
