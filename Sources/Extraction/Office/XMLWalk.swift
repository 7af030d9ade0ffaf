import CXML2

/// The elements and texts of an XML document, one after the other.
///
/// Nothing outside the document is read, no entity but XML's own five is replaced, and depth and sizes are bounded by
/// the library (256 elements deep). Names come without their prefix, as documents choose these freely.
struct XMLWalk: ~Copyable {
    enum Step {
        case begin(String)
        case text(String)
        case end(String)
    }

    private let reader: xmlTextReaderPtr
    /// What of an empty element was not told yet: its end.
    private var pendingEnd: String?

    /// Reads octets that must outlive it.
    private init(_ octets: UnsafeBufferPointer<CChar>) throws(ReadingFailure) {
        let options =
            XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
            | XML_PARSE_COMPACT.rawValue | XML_PARSE_NOCDATA.rawValue
        guard
            let reader = xmlReaderForMemory(octets.baseAddress, Int32(clamping: octets.count), nil, nil, Int32(options))
        else { throw ReadingFailure(.damaged, "no XML") }
        self.reader = reader
    }

    deinit { xmlFreeTextReader(reader) }

    /// Walks a document until the closure gives back `false`.
    ///
    /// It gets each step, and the walk itself for the attributes of an element that begins.
    static func through(
        _ octets: [UInt8], _ body: (Step, borrowing XMLWalk) throws(ReadingFailure) -> Bool
    ) throws(ReadingFailure) {
        let result = octets.withUnsafeBytes { octets -> Result<Void, ReadingFailure> in
            do throws(ReadingFailure) {
                var walk = try XMLWalk(octets.assumingMemoryBound(to: CChar.self))
                while let step = try walk.next() {
                    guard try body(step, walk) else { break }
                }
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    /// The value of an attribute of the element that begins, by its name without prefix.
    func attribute(_ name: String) -> String? {
        guard xmlTextReaderHasAttributes(reader) == 1, xmlTextReaderMoveToFirstAttribute(reader) == 1 else {
            return nil
        }
        defer { xmlTextReaderMoveToElement(reader) }
        repeat {
            guard let found = xmlTextReaderConstLocalName(reader), let value = xmlTextReaderConstValue(reader) else {
                continue
            }
            if String(cString: found) == name { return String(cString: value) }
        } while xmlTextReaderMoveToNextAttribute(reader) == 1
        return nil
    }

    private mutating func next() throws(ReadingFailure) -> Step? {
        if let name = pendingEnd {
            pendingEnd = nil
            return .end(name)
        }
        while true {
            switch xmlTextReaderRead(reader) {
            case 1: if let step = step() { return step }
            case 0: return nil
            default: throw ReadingFailure(.damaged, "faulty XML")
            }
        }
    }

    private mutating func step() -> Step? {
        switch UInt32(bitPattern: xmlTextReaderNodeType(reader)) {
        case XML_READER_TYPE_ELEMENT.rawValue:
            let name = name
            if xmlTextReaderIsEmptyElement(reader) == 1 { pendingEnd = name }
            return .begin(name)
        case XML_READER_TYPE_END_ELEMENT.rawValue: return .end(name)
        case XML_READER_TYPE_TEXT.rawValue, XML_READER_TYPE_CDATA.rawValue,
            XML_READER_TYPE_SIGNIFICANT_WHITESPACE.rawValue, XML_READER_TYPE_WHITESPACE.rawValue:
            return xmlTextReaderConstValue(reader).map { .text(String(cString: $0)) }
        default: return nil
        }
    }

    private var name: String { xmlTextReaderConstLocalName(reader).map { String(cString: $0) } ?? "" }
}
