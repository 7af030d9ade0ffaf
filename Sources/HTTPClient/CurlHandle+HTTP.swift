import CCurl
import Curl

extension CurlHandle {
    /// Sets what stays the same for every request.
    func configure(patience: Duration, caFile: String?) {
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_FOLLOWLOCATION, false)
        // Time-outs of the resolver by signal are nothing for a process with threads.
        set(CURLOPT_NOSIGNAL, true)
        set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        set(CURLOPT_SSL_VERIFYPEER, true)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        let milliseconds =
            Int(patience.components.seconds * 1_000)
            + Int(patience.components.attoseconds / 1_000_000_000_000_000)
        set(CURLOPT_TIMEOUT_MS, milliseconds)
        set(CURLOPT_CONNECTTIMEOUT_MS, min(milliseconds, 10_000))
        set(CURLOPT_NOPROGRESS, false)
        if let caFile { set(CURLOPT_CAINFO, caFile) }
        brevdue_curl_set_progress_function(pointer) { _, _, _, _, _ in Task.isCancelled ? 1 : 0 }
        brevdue_curl_set_write_function(pointer) { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            let answer = Unmanaged<AnswerBody>.fromOpaque(context).takeUnretainedValue()
            return answer.append(UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
    }

    /// libcurl keeps a copy of the body.
    func setBody(_ body: [UInt8], method: HTTPRequest.Method) {
        switch method {
        case .get: set(CURLOPT_HTTPGET, true)
        case .post:
            set(CURLOPT_POST, true)
            set(CURLOPT_POSTFIELDSIZE_LARGE, size: body.count)
            _ = body.withUnsafeBytes { octets in
                // Only read; the option takes it as a pointer to what may be changed.
                set(CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: octets.baseAddress))
            }
        }
    }

    /// The answer must outlive `perform()`.
    func deliver(to answer: AnswerBody) { set(CURLOPT_WRITEDATA, Unmanaged.passUnretained(answer).toOpaque()) }

    /// Status code of the last answer.
    var status: Int {
        var code = 0
        _ = brevdue_curl_get_long(pointer, CURLINFO_RESPONSE_CODE, &code)
        return code
    }
}
