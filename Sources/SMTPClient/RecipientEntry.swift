import CCurl

/// The recipient of a mail as libcurl takes it, with or without the wish that nobody reports on it.
///
/// libcurl reads it when it sends RCPT, which is after the relay has said what it offers: until then the wish can be put in
/// or taken out. It knows no parameters of RCPT and closes the path itself, so the wish stands behind a closed path, and its
/// last value ends with the bracket that libcurl adds.
final class RecipientEntry {
    let list: UnsafeMutablePointer<curl_slist>?
    /// The recipient in the other form.
    private let other: UnsafeMutablePointer<curl_slist>?
    private var holdsWish = false

    /// `isSilent`: whether there is a wish at all.
    init(_ address: String, isSilent: Bool) {
        list = curl_slist_append(nil, address)
        other = curl_slist_append(nil, isSilent ? Self.wish(for: address) : address)
    }

    deinit {
        curl_slist_free_all(list)
        curl_slist_free_all(other)
    }

    /// Puts the wish in where the relay understands it, and takes it out where not.
    func adapt(toReports isOffered: Bool) {
        guard isOffered != holdsWish, let list, let other else { return }
        holdsWish = isOffered
        swap(&list.pointee.data, &other.pointee.data)
    }

    /// `NOTIFY=NEVER` (RFC 3461 section 4.1); an address beyond ASCII has no form in ORCPT that every relay knows.
    private static func wish(for address: String) -> String {
        guard address.utf8.allSatisfy({ $0 < 0x80 }) else { return address }
        let original = address.replacing("+", with: "+2B").replacing("=", with: "+3D")
        return "\(address)> NOTIFY=NEVER ORCPT=rfc822;<\(original)"
    }
}
