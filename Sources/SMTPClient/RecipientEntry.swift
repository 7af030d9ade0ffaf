import CCurl

/// The recipient of a mail as libcurl takes it, with or without the wish that nobody reports on it.
///
/// libcurl reads it when it sends RCPT, which is after the relay has said what it offers: until then the wish can be put in
/// or taken out. It knows no parameters of RCPT and closes the path itself, so the wish stands behind a closed path, and its
/// last value ends with the bracket that libcurl adds. None of this is promised: `RecipientLines` has what must come of it.
final class RecipientEntry {
    let list: UnsafeMutablePointer<curl_slist>
    /// The recipient in the other form.
    private let other: UnsafeMutablePointer<curl_slist>
    private var holdsWish = false

    /// `wish`: the recipient with the wish; `nil` when there is to be none.
    ///
    /// Gives `nil` when libcurl has no memory for it.
    init?(_ address: String, wish: String?) {
        guard let list = curl_slist_append(nil, address) else { return nil }
        guard let other = curl_slist_append(nil, wish ?? address) else {
            curl_slist_free_all(list)
            return nil
        }
        self.list = list
        self.other = other
    }

    deinit {
        curl_slist_free_all(list)
        curl_slist_free_all(other)
    }

    /// Puts the wish in where the relay understands it, and takes it out where not.
    func adapt(toReports isOffered: Bool) {
        guard isOffered != holdsWish else { return }
        holdsWish = isOffered
        swap(&list.pointee.data, &other.pointee.data)
    }

    /// The recipient with the wish, without the last bracket.
    static func wish(for address: String) -> String? {
        RecipientLines.wish(for: address).map { "\(address)>\($0.dropLast())" }
    }
}
