import Foundation
import Subprocess
import SystemPackage

/// A token endpoint and its introspection on loopback, as an OAuth 2 provider has them (RFC 6749, RFC 7662).
///
/// Every refresh gives a new refresh token and makes the one before worthless.
package struct TokenServer: Sendable {
    package let port: Int
    private let folder: String

    package var tokenURL: String { "http://127.0.0.1:\(port)/token" }
    package var introspectionURL: String { "http://127.0.0.1:\(port)/introspect" }

    /// The folder is made; it holds what the server knows.
    package init(folder: String) throws {
        self.folder = folder
        port = try Repository.freePort()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("first".utf8).write(to: URL(filePath: folder + "/refresh"))
    }

    /// While it is down, the token endpoint answers 503.
    package func setDown(_ isDown: Bool) throws {
        let path = folder + "/down"
        if isDown {
            try Data().write(to: URL(filePath: path))
        } else {
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    /// Makes the access token that was given last worthless before its time.
    package func revoke() throws { try Data("none".utf8).write(to: URL(filePath: folder + "/access")) }

    /// How often a token was asked for, refused or not.
    package var requests: Int { FileManager.default.contents(atPath: folder + "/requests")?.count ?? 0 }

    /// Runs the server around the body.
    @discardableResult
    package func run<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
        try await Subprocess.run(
            .path("/usr/bin/python3"), arguments: ["-c", Self.script, "\(port)", folder],
            workingDirectory: FilePath(folder), input: .none, output: .discarded, error: .discarded
        ) { execution in
            let pid = execution.processIdentifier.value
            defer { kill(pid, SIGKILL) }
            try await until("the token server is up", within: .seconds(10)) {
                FileManager.default.fileExists(atPath: folder + "/up")
            }
            return try await body()
        }.closureResult
    }

    private static let script = #"""
        import http.server, json, os, sys, urllib.parse, uuid
        port, folder = int(sys.argv[1]), sys.argv[2]
        def read(name):
            try: return open(os.path.join(folder, name)).read()
            except FileNotFoundError: return None
        def write(name, text, mode="w"):
            with open(os.path.join(folder, name), mode) as f: f.write(text)
        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *words): pass
            def answer(self, status, value):
                body = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            def do_POST(self):
                length = int(self.headers.get("Content-Length", 0))
                form = dict(urllib.parse.parse_qsl(self.rfile.read(length).decode()))
                if self.path == "/introspect":
                    good = form.get("token") == read("access")
                    return self.answer(200, {"active": True, "username": "leads"} if good else {"active": False})
                write("requests", ".", "a")
                if os.path.exists(os.path.join(folder, "down")): return self.answer(503, {})
                if form.get("refresh_token") != read("refresh"): return self.answer(400, {"error": "invalid_grant"})
                access, refresh = uuid.uuid4().hex, uuid.uuid4().hex
                write("access", access)
                write("refresh", refresh)
                self.answer(200, {"access_token": access, "expires_in": 3600, "refresh_token": refresh})
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        write("up", "yes")
        server.serve_forever()
        """#
}
