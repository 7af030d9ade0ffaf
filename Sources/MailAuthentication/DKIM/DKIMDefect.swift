/// Why a signature does not pass.
struct DKIMDefect: Error {
    var result: AuthenticationResult
    var reason: String

    static func permanent(_ reason: String) -> Self { Self(result: .permerror, reason: reason) }
    static func failed(_ reason: String) -> Self { Self(result: .fail, reason: reason) }
    static func temporary(_ reason: String) -> Self { Self(result: .temperror, reason: reason) }
}
