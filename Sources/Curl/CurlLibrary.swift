import CCurl

/// The one initialisation of libcurl, before its first use (curl_global_init is not safe to race on its own).
enum CurlLibrary {
    private static let state: Result<Void, CurlError> = {
        guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK else { return .failure(.libraryFailed) }
        let version = String(cString: curl_version())
        return version.contains("OpenSSL") ? .success(()) : .failure(.wrongLibrary(version))
    }()

    /// Throws when libcurl did not start or is not the one that Brevdue was built for.
    static func ensureReady() throws(CurlError) { try state.get() }
}
