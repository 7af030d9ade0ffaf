import Hosts
import SMTPServer

/// Turns the text of each key into a value of its kind, or says what is expected there.
struct SettingsReader {
    private let raw: RawSettings

    init(_ raw: RawSettings) { self.raw = raw }

    func refuseUnknownKeys() throws(SettingsError) {
        let known = Set(SettingKey.all.map(\.name))
        for (key, entry) in raw.entries.sorted(by: { $0.key < $1.key }) where !known.contains(key) {
            throw SettingsError(
                origin: entry.origin, key: key, problem: "unknown key" + SettingKey.suggestion(for: key))
        }
    }

    func list(_ key: String) throws(SettingsError) -> [String] {
        (raw[key]?.values ?? []).map(\.trimmed).filter { !$0.isEmpty }
    }

    func text(_ key: String) throws(SettingsError) -> String? {
        guard let entry = raw[key] else { return nil }
        guard entry.values.count == 1, let value = entry.values.first?.trimmed else {
            throw SettingsError(origin: entry.origin, key: key, problem: "expected one value, not a list")
        }
        return value.isEmpty ? nil : value
    }

    func choice(_ key: String, among choices: [String]) throws(SettingsError) -> String? {
        try checked(key, expecting: "one of \(choices.joined(separator: ", "))") { choices.contains($0) ? $0 : nil }
    }

    /// A size such as `50 MiB`, `512 KiB` or a plain number of octets.
    func octets(_ key: String, in range: ClosedRange<Int>) throws(SettingsError) -> Int? {
        let expectation = "a size such as 50 MiB, between \(range.lowerBound) and \(range.upperBound) octets"
        return try checked(key, expecting: expectation) { text in
            let units = ["KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30]
            let unit = units.first { text.hasSuffix($0.key) }
            let number = unit.map { String(text.dropLast($0.key.count)).trimmed } ?? text
            guard let count = Int(number), count > 0, count <= range.upperBound else { return nil }
            let octets = count.multipliedReportingOverflow(by: unit?.value ?? 1)
            return !octets.overflow && range.contains(octets.partialValue) ? octets.partialValue : nil
        }
    }

    func listeners(_ key: String) throws(SettingsError) -> [String]? {
        guard let entry = raw[key] else { return nil }
        for value in entry.values {
            guard let colon = value.lastIndex(of: ":"), colon != value.startIndex,
                UInt16(value[value.index(after: colon)...]) != nil
            else {
                throw SettingsError(
                    origin: entry.origin, key: key, problem: "\"\(value)\": expected HOST:PORT such as 127.0.0.1:2525")
            }
        }
        return entry.values
    }

    func addresses(_ key: String) throws(SettingsError) -> [String] {
        let values = try list(key)
        for value in values {
            let parts = value.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !value.contains(where: \.isWhitespace) else {
                throw SettingsError(
                    origin: raw[key]?.origin ?? key, key: key,
                    problem: "\"\(value)\": expected a mail address such as leads@fjordtek.example")
            }
        }
        return values
    }

    func networks(_ key: String) throws(SettingsError) -> [Network] {
        var networks: [Network] = []
        for value in try list(key) {
            guard let network = Network(value) else {
                throw SettingsError(
                    origin: raw[key]?.origin ?? key, key: key,
                    problem: "\"\(value)\": expected a network such as 127.0.0.0/8 or ::1")
            }
            networks.append(network)
        }
        return networks
    }

    func relay() throws(SettingsError) -> RelaySettings? {
        let policies = ["none", "opportunistic", "required"]
        let user = try text("relay.user")
        // A password never leaves over a connection that anybody may read.
        let tls = try choice("relay.tls", among: policies) ?? (user == nil ? "opportunistic" : "required")
        let password = try text("relay.password")
        let caFile = try text("relay.ca_file")
        let expectation = "smtp://HOST:PORT or smtps://HOST:PORT"
        let url = try checked("relay.url", expecting: expectation) { text in
            ["smtp://", "smtps://"].contains { text.hasPrefix($0) && text.count > $0.count } ? text : nil
        }
        return url.map { RelaySettings(url: $0, user: user, password: password, tls: tls, caFile: caFile) }
    }

    func number(_ key: String, in range: ClosedRange<Int>) throws(SettingsError) -> Int? {
        try checked(key, expecting: "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text) else { return nil }
            return range.contains(number) ? number : nil
        }
    }

    func origin(_ key: String) -> String { raw[key]?.origin ?? key }

    private func checked<Value>(
        _ key: String, expecting expectation: String, _ parse: (String) -> Value?
    ) throws(SettingsError) -> Value? {
        guard let text = try text(key) else { return nil }
        guard let value = parse(text) else {
            throw SettingsError(
                origin: raw[key]?.origin ?? key, key: key, problem: "\"\(text)\": expected \(expectation)")
        }
        return value
    }
}
