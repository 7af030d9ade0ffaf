extension Letter {
    /// Where in ``signature`` a notice begins that a machine put below it, in UTF-8 octets: nobody wrote it for this mail.
    package var noticeStart: Int? {
        let lines = TextLine.lines(of: Array(signature.utf8))
        let starts = [Notices.footer(lines), Conferences.first(in: lines)?.lowerBound].compactMap(\.self)
        return starts.min().map { lines[$0].octets.startIndex }
    }
}
