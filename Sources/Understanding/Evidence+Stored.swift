/// What a newer version wrote is read as far as it is understood: nodes of two versions work side by side.
extension KeyedDecodingContainer {
    func decode(_ type: Evidence.Section.Type, forKey key: Key) throws -> Evidence.Section {
        Evidence.Section(rawValue: try decode(String.self, forKey: key)) ?? .other
    }

    func decodeIfPresent(_ type: LinkDecision.Ground.Type, forKey key: Key) throws -> LinkDecision.Ground? {
        try decodeIfPresent(String.self, forKey: key).flatMap { LinkDecision.Ground(rawValue: $0) }
    }
}
