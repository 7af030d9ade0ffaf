import CCurl
package import Curl
import Threads

/// Asks other services over HTTP, one request at a time: bounded in size and time, redirects not followed.
///
/// An actor on a thread of its own: libcurl's blocking calls hold up nobody else.
package actor HTTPClient {
    private let executor: ThreadExecutor
    private let handle: CurlHandle
    private let sizeLimit: Int

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// A client without a connection.
    ///
    /// `patience`: how long a request may take altogether. `sizeLimit`: octets of an answer's body, at most. `caFile`: who is trusted instead of the system's authorities.
    package init(
        patience: Duration = .seconds(30), sizeLimit: Int = 1 << 20, caFile: String? = nil
    ) throws(CurlError) {
        handle = try CurlHandle()
        self.sizeLimit = sizeLimit
        handle.configure(patience: patience, caFile: caFile)
        executor = .start(name: "http client")
    }

    deinit { executor.stop() }

    /// Sends the request; cancelling the task ends it.
    package func send(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPResponse {
        let answer = AnswerBody(limit: sizeLimit)
        // Without an empty Expect libcurl may wait a second for a 100 that few servers send.
        let headers = request.headers.reduce(curl_slist_append(nil, "Expect:")) {
            curl_slist_append($0, "\($1.name): \($1.value)")
        }
        defer { curl_slist_free_all(headers) }
        _ = brevdue_curl_set_list(handle.pointer, CURLOPT_HTTPHEADER, headers)
        handle.set(CURLOPT_URL, request.url)
        handle.setBody(request.body, method: request.method)
        handle.deliver(to: answer)
        let failure = withExtendedLifetime(answer) { handle.perform() }
        guard let failure else { return HTTPResponse(status: handle.status, body: answer.octets) }
        if answer.isTooLarge { throw .tooLarge(limit: sizeLimit) }
        throw Task.isCancelled ? .cancelled : .unreachable(failure)
    }
}

/// The body of an answer while it comes in; lives on the client's thread for the time of one perform.
final class AnswerBody {
    private(set) var octets: [UInt8] = []
    private(set) var isTooLarge = false
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    func append(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard octets.count + bytes.count <= limit else {
            isTooLarge = true
            return 0
        }
        octets += bytes
        return bytes.count
    }
}
