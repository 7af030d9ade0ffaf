/// A configuration that cannot be used: where, which key, and what is expected.
///
/// The daemon does not start with one.
struct SettingsError: Error, Hashable, CustomStringConvertible {
    /// `brevdue.yaml:3:5` or the name of an environment variable.
    var origin: String
    var key: String
    var problem: String

    var description: String { "\(origin): \(key): \(problem)" }
}
