/// The cases of a rule set, checked against it.
package struct CaseSet: Sendable {
    package let cases: [RuleCase]
    /// Octets of the mails that cases name, by the names of their files.
    package let mails: [String: [UInt8]]

    /// Reads and checks the files; throws all faults at once.
    package init(_ files: [RuleFile], mails: [String: [UInt8]], rules: RuleSet) throws(RuleFaults) {
        let loader = RuleLoader(files)
        let (beside, names) = (Set(mails.keys), CaseNames(rules))
        cases = files.flatMap { file in
            loader.read(file.name) { fields in
                _ = fields.value("cases", required: true)
                return fields.rules("cases", named: "name") { RuleCase(&$0, mails: beside, names: names) }
            } ?? []
        }
        self.mails = mails
        guard loader.faults.isEmpty else { throw RuleFaults(faults: loader.faults) }
    }
}
