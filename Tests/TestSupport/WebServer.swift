import Foundation
import Subprocess
import SystemPackage

/// A web server on loopback (Python's) that answers as its paths say.
///
/// `/size/N`: N octets; `/chunks`: octets without end; `/silent`: nothing; `/trickle`: an octet now and then without end;
/// `/redirect`: to `/size/3`; `/status/N`: that status; `/echo`: method, fields and body of the request.
package struct WebServer: Sendable {
    package let port: Int
    private let folder: String

    package var url: String { "http://127.0.0.1:\(port)" }
    /// The paths that were asked for.
    package var requests: [String] {
        let text = FileManager.default.contents(atPath: folder + "/requests").map {
            String(decoding: $0, as: UTF8.self)
        }
        return (text ?? "").split(separator: "\n").map(String.init)
    }

    /// Runs the server around the body.
    package static func run<Value: Sendable>(_ body: @Sendable (WebServer) async throws -> Value) async throws -> Value
    {
        let folder = try Repository.temporaryFolder("web")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let server = WebServer(port: try Repository.freePort(), folder: folder)
        return try await Subprocess.run(
            .path("/usr/bin/python3"), arguments: ["-c", script, "\(server.port)", folder],
            workingDirectory: FilePath(folder), input: .none, output: .discarded, error: .discarded
        ) { execution in
            let pid = execution.processIdentifier.value
            defer { kill(pid, SIGKILL) }
            try await until("the web server is up", within: .seconds(10)) {
                FileManager.default.fileExists(atPath: folder + "/up")
            }
            return try await body(server)
        }.closureResult
    }

    private static let script = #"""
        import http.server, os, sys, time
        port, folder = int(sys.argv[1]), sys.argv[2]
        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *words): pass
            def begin(self, status, **fields):
                self.send_response(status)
                for name, value in fields.items(): self.send_header(name, value)
                self.end_headers()
            def answer(self):
                with open(os.path.join(folder, "requests"), "a") as f: f.write(self.path + "\n")
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                words = self.path.split("/")[1:]
                if words[0] == "size":
                    self.begin(200)
                    self.wfile.write(b"x" * int(words[1]))
                elif words[0] == "chunks":
                    self.begin(200)
                    while True: self.wfile.write(b"x" * 65536)
                elif words[0] == "silent": time.sleep(60)
                elif words[0] == "trickle":
                    self.begin(200)
                    while True:
                        self.wfile.write(b"x")
                        time.sleep(0.02)
                elif words[0] == "redirect": self.begin(302, Location="/size/3")
                elif words[0] == "status": self.begin(int(words[1]))
                elif words[0] == "echo":
                    self.begin(200)
                    self.wfile.write(("%s\n%s" % (self.command, self.headers)).encode() + body)
            do_GET = do_POST = answer
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        open(os.path.join(folder, "up"), "w").close()
        server.serve_forever()
        """#
}
