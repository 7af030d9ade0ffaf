import CCurl
import Curl

extension SMTPClient {
    /// What a relay that cannot be used said.
    package struct Unusable: Error, CustomStringConvertible {
        package var description: String
    }

    /// Tries whether the relay can be used: connects, agrees on TLS, logs in, says NOOP and QUIT.
    package func probe() throws {
        let handle = try CurlHandle()
        handle.connect(to: relay)
        handle.set(CURLOPT_CUSTOMREQUEST, "NOOP")
        // Otherwise the relay's answer would go to standard output.
        handle.set(CURLOPT_NOBODY, true)
        handle.set(CURLOPT_TIMEOUT, 15)
        if let failure = handle.perform() { throw Unusable(description: failure) }
    }
}
