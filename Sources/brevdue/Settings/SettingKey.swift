/// A key of the configuration (README, "Configuration").
struct SettingKey: Sendable {
    var name: String
    var isList = false

    /// `smtp.size_limit` is `BREVDUE_SMTP_SIZE_LIMIT`.
    var variable: String {
        "BREVDUE_" + name.uppercased().map { $0 == "." ? "_" : String($0) }.joined()
    }

    static let all: [SettingKey] = [
        SettingKey(name: "data.directory"),
        SettingKey(name: "database.url"),
        SettingKey(name: "database.binaries"),
        SettingKey(name: "smtp.listen", isList: true),
        SettingKey(name: "smtp.size_limit"),
        SettingKey(name: "smtp.recipients", isList: true),
        SettingKey(name: "smtp.own_networks", isList: true),
        SettingKey(name: "smtp.hostname"),
        SettingKey(name: "http.listen"),
        SettingKey(name: "relay.url"),
        SettingKey(name: "relay.user"),
        SettingKey(name: "relay.password"),
        SettingKey(name: "relay.tls"),
        SettingKey(name: "relay.ca_file"),
        SettingKey(name: "rules.directory"),
        SettingKey(name: "identity.name"),
        SettingKey(name: "identity.cvr", isList: true),
        SettingKey(name: "identity.domains", isList: true),
        SettingKey(name: "identity.people", isList: true),
        SettingKey(name: "identity.from"),
        SettingKey(name: "identity.public_url"),
        SettingKey(name: "log.level"),
        SettingKey(name: "log.format"),
    ]

    /// ` (did you mean smtp.listen?)`, or nothing when no key is near.
    static func suggestion(for name: String) -> String {
        nearest(to: name, among: all.map(\.name))
    }

    static func suggestion(forVariable name: String) -> String {
        nearest(to: name, among: all.map(\.variable))
    }

    private static func nearest(to name: String, among names: [String]) -> String {
        let ranked = names.map { (name: $0, distance: editDistance(Array($0.utf8), Array(name.utf8))) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= max(2, name.utf8.count / 4)
        else { return "" }
        return " (did you mean \(best.name)?)"
    }

    private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a == b ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}
