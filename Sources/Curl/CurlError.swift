/// Why this process can reach nobody by libcurl at all.
package enum CurlError: Error, Hashable, Sendable, CustomStringConvertible {
    /// libcurl did not start, or gave no handle.
    case libraryFailed
    /// The libcurl at hand uses another TLS library than OpenSSL: the one of libcurl4-gnutls, for one.
    case wrongLibrary(String)

    package var description: String {
        switch self {
        case .libraryFailed: "libcurl could not be initialised"
        case .wrongLibrary(let version): "libcurl with OpenSSL is needed (package libcurl4), found \(version)"
        }
    }
}
