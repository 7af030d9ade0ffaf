import CVR
import Foundation
package import Mail
package import Rules
import Understanding

/// What holds of the reading of any octets, whoever sent them.
///
/// The tests ask it of mails that once broke it, the fuzzer of ever new ones.
package struct ReadingProperties: Sendable {
    private let finder: FactFinder

    package init(_ rules: RuleSet) { finder = FactFinder(rules) }

    /// The first property that does not hold, in words; `nil` where all do.
    package func fault(reading octets: [UInt8]) -> String? {
        if let fault = PersonalNumberProperty.fault(hidingIn: String(decoding: octets, as: UTF8.self)) { return fault }
        // A house that nothing is known of unwraps any forward, one that is known only its own.
        let houses = [OwnPeople(), OwnPeople(domains: ["fjordtek.example"])]
        return houses.lazy.compactMap { fault(reading: octets, in: $0) }.first
    }

    private func fault(reading octets: [UInt8], in own: OwnPeople) -> String? {
        let options = ReadingOptions(own: own)
        let letter = try? Letter(octets, reading: options)
        guard letter == (try? Letter(octets, reading: options)) else { return "the same octets give another letter" }
        return letter.flatMap { fault(in: $0) }
    }

    /// The first property that does not hold of a letter or of what is understood of it.
    package func fault(in letter: Letter) -> String? {
        textFault(in: letter) ?? codingFault(of: letter) ?? PersonalNumberProperty.fault(in: letter)
            ?? ExchangeProperty.fault(in: letter)
            ?? Situation.all(around: letter).lazy.compactMap { fault(in: letter, $0) }.first
    }

    private func fault(in letter: Letter, _ situation: Situation) -> String? {
        let understood = Understood(letter, in: situation, finder)
        guard understood == Understood(letter, in: situation, finder) else {
            return "the same letter is understood otherwise"
        }
        return textFault(in: understood) ?? codingFault(of: understood.link) ?? codingFault(of: understood.facts)
            ?? understood.evidence.lazy.compactMap { evidenceFault($0, in: letter, situation) }.first
    }

    /// All text can be stored: it is in NFC and holds neither NUL nor a carriage return.
    private func textFault(in value: Any) -> String? {
        guard let text = value as? String else {
            return Mirror(reflecting: value).children.lazy.compactMap { textFault(in: $0.value) }.first
        }
        if text.utf8.contains(where: { $0 == 0 || $0 == 0x0D }) { return "a control in \(text.debugDescription)" }
        guard !text.utf8.elementsEqual(text.precomposedStringWithCanonicalMapping.utf8) else { return nil }
        return "not in NFC: \(text.unicodeScalars.map(\.value))"
    }

    private func codingFault<Value: Codable & Equatable>(of value: Value) -> String? {
        do {
            let again = try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
            return again == value ? nil : "a \(Value.self) changes when it is stored"
        } catch {
            return "a \(Value.self) cannot be stored: \(error)"
        }
    }

    /// The words stand where the evidence says.
    private func evidenceFault(_ evidence: Evidence, in letter: Letter, _ situation: Situation) -> String? {
        let contents =
            evidence.section == .attachment ? situation.attachments.map(\.text) : [letter.content(of: evidence.section)]
        let (start, end) = (evidence.offset, evidence.offset + evidence.length)
        let stands = contents.map { Array($0.utf8) }.contains { content in
            start >= 0 && start <= end && end <= content.count
                && content[start..<end].elementsEqual(evidence.text.utf8)
        }
        return stands ? nil : "evidence in \(evidence.section) at \(start) that does not stand there"
    }
}
