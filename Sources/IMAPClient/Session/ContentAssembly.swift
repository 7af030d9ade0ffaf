/// Puts a response and the content of its message together from the pieces of both.
struct ContentAssembly {
    private let spool: String
    private var sink: ContentSink?
    /// The content, once it is whole.
    private(set) var content: MessageContent?

    init(spool: String) { self.spool = spool }

    /// Gives back the response when this was the last piece of it.
    mutating func take(_ piece: ResponseFramer.Piece) throws(IMAPError) -> RawResponse? {
        do {
            switch piece {
            case .response(let raw): return raw
            case .contentBegins(let size, let isWanted):
                if isWanted {
                    sink = try ContentSink(folder: spool, size: size)
                } else {
                    content = .tooLarge(size)
                }
            case .content(let octets): try sink?.append(octets)
            case .contentEnds:
                if let sink { content = try sink.finish() }
                sink = nil
            }
            return nil
        } catch {
            throw .noSpool("\(error)")
        }
    }

    /// Leaves no file of what nobody gets.
    func abandon() {
        sink?.abandon()
        content?.discard()
    }
}
