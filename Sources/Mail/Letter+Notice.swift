extension Letter {
    /// Where in ``signature`` a notice begins that a machine put below it, in UTF-8 octets: nobody wrote it for this mail.
    package var noticeStart: Int? {
        let lines = TextLine.lines(of: Array(signature.utf8))
        return Notices.footer(lines).map { lines[$0].octets.startIndex }
    }
}
