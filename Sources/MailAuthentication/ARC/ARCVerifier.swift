import DNS

/// Validates the chain of ARC sets.
struct ARCVerifier {
    let dns: any DNSLookup

    func verify(_ message: SignedMessage, at now: Int64) async -> ARCVerdict { ARCVerdict(result: .none) }
}
