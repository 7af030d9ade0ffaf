/// How long, and for how many octets, a server is listened to until it has answered.
///
/// A server that goes on saying something else is neither silent nor done: it is cut off by the bounds of the whole.
struct Patience {
    /// Messages that may come without having been asked for.
    private static let strayContents = 16

    let doing: String
    private let silence: Duration
    private let octetLimit: Int
    private var octets: Int
    private var contents: Int
    private var end: ContinuousClock.Instant
    /// Until when the next response has to be there.
    private(set) var deadline: ContinuousClock.Instant

    /// `silence`: for one response; `total` and `octets`: for all of them; `contents`: messages that are to come.
    init(doing: String, silence: Duration, total: Duration, octets: Int, contents: Int) {
        self.doing = doing
        self.silence = silence
        self.octets = octets
        self.contents = contents + Self.strayContents
        octetLimit = octets
        end = .now + total
        deadline = end
    }

    /// A response begins to be waited for.
    mutating func awaitResponse() { deadline = min(.now + silence, end) }

    /// A message may take as long as it is large, but not for ever; those that nobody asked for get no time.
    mutating func extend(forContentOf size: UInt64) throws(IMAPError) {
        guard contents > 0 else { throw .broken(.endless(limit: octetLimit)) }
        contents -= 1
        let time = Duration.milliseconds(Int64(min(size, 1 << 40) / 8))
        deadline += time
        end += time
    }

    /// A response was read.
    mutating func spend(_ size: Int) throws(IMAPError) {
        // An empty one costs something too.
        octets -= size + 2
        guard octets >= 0 else { throw .broken(.endless(limit: octetLimit)) }
    }
}
