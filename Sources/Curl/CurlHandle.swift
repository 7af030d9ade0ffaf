package import CCurl
import Glibc
import WireFormat

/// Owns one libcurl easy handle and, inside it, the connection that is used again.
///
/// Used by one thread at a time (libcurl-thread(3)).
package struct CurlHandle: ~Copyable {
    package let pointer: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>

    package init() throws(CurlError) {
        try CurlLibrary.ensureReady()
        guard let pointer = curl_easy_init() else { throw .libraryFailed }
        self.pointer = pointer
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        set(CURLOPT_ERRORBUFFER, errorText)
    }

    deinit {
        // libcurl says QUIT and waits two minutes for the answer; with nothing more to read it does not wait.
        var socket = curl_socket_t(-1)
        if brevdue_curl_get_socket(pointer, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK, socket != -1 {
            shutdown(socket, Int32(SHUT_RD))
        }
        curl_easy_cleanup(pointer)
        errorText.deallocate()
    }

    // Each tells whether libcurl took it.
    @discardableResult
    package func set(_ option: CURLoption, _ value: Int) -> Bool {
        brevdue_curl_set_long(pointer, option, value) == CURLE_OK
    }
    @discardableResult
    package func set(_ option: CURLoption, _ flag: Bool) -> Bool { set(option, flag ? 1 : 0) }
    @discardableResult
    package func set(_ option: CURLoption, size: Int) -> Bool {
        brevdue_curl_set_size(pointer, option, curl_off_t(size)) == CURLE_OK
    }
    @discardableResult
    package func set(_ option: CURLoption, _ value: String?) -> Bool {
        brevdue_curl_set_string(pointer, option, value) == CURLE_OK
    }
    @discardableResult
    package func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer?) -> Bool {
        brevdue_curl_set_pointer(pointer, option, value) == CURLE_OK
    }

    /// Carries out what the options say and blocks until it is done; gives back what went wrong, in libcurl's words.
    package func perform() -> String? {
        errorText.pointee = 0
        let result = curl_easy_perform(pointer)
        guard result != CURLE_OK else { return nil }
        let words = errorText.pointee == 0 ? String(cString: curl_easy_strerror(result)) : String(cString: errorText)
        return PlainLine.clean(words.utf8)
    }
}
