/// Letters that were stored before something was read of them lack its key.
extension KeyedDecodingContainer {
    func decode(_ type: [Letter.Exchange].Type, forKey key: Key) throws -> [Letter.Exchange] {
        try decodeIfPresent(type, forKey: key) ?? []
    }

    func decode(_ type: [Letter.Enclosure].Type, forKey key: Key) throws -> [Letter.Enclosure] {
        try decodeIfPresent(type, forKey: key) ?? []
    }
}
