import Foundation
import Subprocess
import SystemPackage

/// Mail servers with a queue: each sends its mail under STARTTLS again and again until it is answered 250, then the next.
///
/// Eight at a time, by DATA and by BDAT, over a connection that is kept or one for each mail; some of the mails are above
/// 1 MiB. A program of its own (Python), so that it shares nothing with what is tested.
package struct PersistentSenders: Sendable {
    /// A mail that was answered 250.
    package struct Acknowledged: Hashable, Sendable {
        package var messageID: String
        /// Of its octets as they were sent, in hexadecimal digits.
        package var sha256: String

        package init(messageID: String, sha256: String) {
            self.messageID = messageID
            self.sha256 = sha256
        }
    }

    private let folder: String
    private let port: Int
    private let authority: String

    /// `authority`: the file that trusts the server's certificate, which is for `localhost`.
    package init(folder: String, port: Int, authority: String) throws {
        self.folder = folder
        self.port = port
        self.authority = authority
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// Runs the senders around the body.
    @discardableResult
    package func run<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
        let template = String(decoding: SampleMail.forward(0, cvr: "@CVR@", run: "@RUN@"), as: UTF8.self)
            .replacing("@RUN@.0@", with: "@ID@@").replacing("Bilag 0", with: "Bilag @ID@")
            .replacing("m0@kunde0.", with: "m@ID@@kunde@ID@.")
        try Data(template.utf8).write(to: URL(filePath: folder + "/template"))
        return try await Subprocess.run(
            .path("/usr/bin/python3"), arguments: ["-c", Self.script, "\(port)", authority, folder],
            workingDirectory: FilePath(folder), input: .none, output: .discarded, error: .discarded
        ) { execution in
            let pid = execution.processIdentifier.value
            defer { kill(pid, SIGKILL) }
            return try await body()
        }.closureResult
    }

    /// Begins no more mails, and waits until those that were begun are answered 250.
    package func finish(within limit: Duration = .seconds(30)) async throws {
        try Data().write(to: URL(filePath: folder + "/stop"))
        try await until("the senders got rid of their mails; last: \(lastFailure)", within: limit) {
            FileManager.default.fileExists(atPath: folder + "/done")
        }
    }

    /// Grows with every mail that is acknowledged.
    package var progress: Int {
        let size = try? FileManager.default.attributesOfItem(atPath: folder + "/acknowledged")[.size]
        return (size as? NSNumber)?.intValue ?? 0
    }

    package var acknowledged: [Acknowledged] {
        lines("acknowledged").compactMap { line in
            let words = line.split(separator: " ")
            return words.count == 2 ? Acknowledged(messageID: String(words[0]), sha256: String(words[1])) : nil
        }
    }

    /// What they heard instead of 250, with how often: replies, and the names of failures of a connection.
    package var failures: [String: Int] {
        lines("failures").reduce(into: [:]) { $0[String($1), default: 0] += 1 }
    }

    private var lastFailure: String { lines("failures").last.map(String.init) ?? "none" }

    private func lines(_ name: String) -> [Substring] {
        FileManager.default.contents(atPath: "\(folder)/\(name)").map { String(decoding: $0, as: UTF8.self) }?
            .split(separator: "\n") ?? []
    }

    private static let script = #"""
        import hashlib, os, random, smtplib, ssl, sys, threading, time
        port, authority, folder = int(sys.argv[1]), sys.argv[2], sys.argv[3]
        template = open(folder + "/template", "rb").read()
        context = ssl.create_default_context(cafile=authority)
        files = {name: os.open(f"{folder}/{name}", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
                 for name in ("acknowledged", "failures")}
        def note(name, line): os.write(files[name], (line + "\n").encode())
        def cvr(number):
            candidate = 9000000 + number
            while True:
                check = (11 - sum(int(d) * w for d, w in zip(str(candidate), (2, 7, 6, 5, 4, 3, 2))) % 11) % 11
                if check != 10 and candidate != 9461730: return f"{candidate}{check}"
                candidate += 250000
        def compose(sender, number):
            name = f"{sender}-{number}"
            mail = template.replace(b"@CVR@", cvr(sender * 20000 + number).encode()).replace(b"@ID@", name.encode())
            if number % 40 == 20:
                line = b"QnJldmR1ZSBlciBlbiBicmV2ZHVlLiBEZW4gZmx5dmVyIGhqZW0gbWVkIGJyZXZl\r\n"
                kind, head = b"Content-Type: text/plain; charset=utf-8\r\n", b"\r\n--del\r\n"
                mail = mail.replace(kind, b"Content-Type: multipart/mixed; boundary=del\r\n" + head + kind)
                mail += head + b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                mail += line * (1500000 // len(line)) + b"\r\n--del--\r\n"
            return f"<{name}@fjordtek.example>", mail
        def connect():
            connection = smtplib.SMTP("localhost", port, timeout=15)
            connection.ehlo("mail.fjordtek.example")
            connection.starttls(context=context)
            connection.ehlo("mail.fjordtek.example")
            return connection
        def by_chunks(connection, mail):
            cut = random.randrange(1, len(mail))
            connection.send(b"BDAT %d\r\n" % cut + mail[:cut])
            code, words = connection.getreply()
            if code != 250: return code, words
            connection.send(b"BDAT %d LAST\r\n" % (len(mail) - cut) + mail[cut:])
            return connection.getreply()
        def hand_over(connection, mail, chunks):
            for command in ("MAIL FROM:<jh@fjordtek.example>", "RCPT TO:<leads@fjordtek.example>"):
                code, words = connection.docmd(command)
                if code != 250: return code, words
            return by_chunks(connection, mail) if chunks else connection.data(mail)
        def send(sender):
            chunks, keeps, number, connection = sender % 2 == 1, sender < 5, 0, None
            while not os.path.exists(folder + "/stop"):
                number += 1
                id, mail = compose(sender, number)
                while True:
                    try:
                        connection = connection or connect()
                        code, words = hand_over(connection, mail, chunks)
                        if code == 250: break
                        note("failures", str(code))
                        connection.rset()
                    except (OSError, smtplib.SMTPException) as error:
                        code = getattr(error, "smtp_code", None)
                        note("failures", str(code) if code else type(error).__name__)
                        if connection: connection.close()
                        connection = None
                    time.sleep(0.03)
                note("acknowledged", id + " " + hashlib.sha256(mail).hexdigest())
                if not keeps:
                    connection.close()
                    connection = None
                time.sleep(0.02)
        threads = [threading.Thread(target=send, args=(sender,)) for sender in range(1, 9)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        open(folder + "/done", "w").close()
        """#
}
