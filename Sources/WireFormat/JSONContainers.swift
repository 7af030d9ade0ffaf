extension JSONWriter {
    // Nothing that is encoded here asks where it stands, or for more than itself.
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(JSONMembers(writer: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { JSONElements(writer: self) }

    func singleValueContainer() -> any SingleValueEncodingContainer { JSONValue(writer: self) }
}

/// The members of an object.
private struct JSONMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
    private let writer: JSONWriter
    private let depth: Int

    init(writer: JSONWriter) {
        self.writer = writer
        depth = writer.openObject()
    }

    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) {
        writer.beginMember(key.stringValue, at: depth)
        writer.writeNull()
    }

    func encode(_ value: String, forKey key: Key) {
        writer.beginMember(key.stringValue, at: depth)
        writer.write(value)
    }

    func encode(_ value: Bool, forKey key: Key) {
        writer.beginMember(key.stringValue, at: depth)
        writer.write(value)
    }

    func encode<Number: BinaryInteger & Encodable>(_ value: Number, forKey key: Key) {
        writer.beginMember(key.stringValue, at: depth)
        writer.write(value)
    }

    func encode<Number: BinaryFloatingPoint & Encodable>(_ value: Number, forKey key: Key) throws {
        writer.beginMember(key.stringValue, at: depth)
        try writer.write(value)
    }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        writer.beginMember(key.stringValue, at: depth)
        try writer.write(encoded: value)
    }

    func nestedContainer<Inner: CodingKey>(
        keyedBy type: Inner.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Inner> {
        superEncoder(forKey: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        superEncoder(forKey: key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        writer.beginMember("super", at: depth)
        return writer
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        writer.beginMember(key.stringValue, at: depth)
        return writer
    }
}

/// The elements of an array.
private struct JSONElements: UnkeyedEncodingContainer {
    private let writer: JSONWriter
    private let depth: Int

    init(writer: JSONWriter) {
        self.writer = writer
        depth = writer.openArray()
    }

    var codingPath: [any CodingKey] { [] }
    var count: Int { writer.count(at: depth) }

    func encodeNil() {
        writer.beginElement(at: depth)
        writer.writeNull()
    }

    func encode(_ value: String) {
        writer.beginElement(at: depth)
        writer.write(value)
    }

    func encode(_ value: Bool) {
        writer.beginElement(at: depth)
        writer.write(value)
    }

    func encode<Number: BinaryInteger & Encodable>(_ value: Number) {
        writer.beginElement(at: depth)
        writer.write(value)
    }

    func encode<Number: BinaryFloatingPoint & Encodable>(_ value: Number) throws {
        writer.beginElement(at: depth)
        try writer.write(value)
    }

    func encode<Value: Encodable>(_ value: Value) throws {
        writer.beginElement(at: depth)
        try writer.write(encoded: value)
    }

    func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type) -> KeyedEncodingContainer<Inner> {
        superEncoder().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { superEncoder().unkeyedContainer() }

    func superEncoder() -> any Encoder {
        writer.beginElement(at: depth)
        return writer
    }
}

/// A value by itself.
private struct JSONValue: SingleValueEncodingContainer {
    let writer: JSONWriter

    var codingPath: [any CodingKey] { [] }

    func encodeNil() { writer.writeNull() }

    func encode(_ value: String) { writer.write(value) }

    func encode(_ value: Bool) { writer.write(value) }

    func encode<Number: BinaryInteger & Encodable>(_ value: Number) { writer.write(value) }

    func encode<Number: BinaryFloatingPoint & Encodable>(_ value: Number) throws { try writer.write(value) }

    func encode<Value: Encodable>(_ value: Value) throws { try writer.write(encoded: value) }
}
