import Extraction
import Workflow

/// How attachments are read.
struct AttachmentSettings: Sendable {
    /// Whether text in pictures is read.
    var readsPictures = false
    /// Octets of a file, and seconds for one.
    var size = 25 << 20
    var seconds = 10
    /// Seconds after its arrival that a mail is answered in, whatever is still to be read.
    var wait = 16

    /// Reads each in a process of its own, which is this program again.
    var extractor: AttachmentExtractor {
        var limits = AttachmentExtractor.Limits()
        limits.size = size
        limits.pictureSize = min(limits.pictureSize, size)
        limits.seconds = seconds
        limits.time = .seconds(seconds)
        return AttachmentExtractor(program: ExtractionProcess.ownProgram, limits: limits, readsPictures: readsPictures)
    }

    var policy: AttachmentPolicy { AttachmentPolicy(readsPictures: readsPictures, wait: Double(wait)) }

    var rounds: AttachmentRounds { AttachmentRounds(reader: extractor, policy: policy) }
}

extension SettingsReader {
    func attachments() throws(SettingsError) -> AttachmentSettings {
        let standard = AttachmentSettings()
        return AttachmentSettings(
            readsPictures: try choice("attachments.ocr", among: ["on", "off"]).map { $0 == "on" }
                ?? standard.readsPictures,
            size: try octets("attachments.size", in: 65_536...268_435_456) ?? standard.size,
            seconds: try number("attachments.seconds", in: 1...60) ?? standard.seconds,
            wait: try number("attachments.wait", in: 0...16) ?? standard.wait)
    }
}
