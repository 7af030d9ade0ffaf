import Extraction
import Foundation

/// Reads as the product does, by a process of the probe's executable.
func reading(
    _ octets: [UInt8], _ contentType: String = "application/octet-stream", named filename: String? = nil,
    limits: AttachmentExtractor.Limits = .init(), pictures: Bool = false
) async -> AttachmentReading {
    let extractor = AttachmentExtractor(program: probePath, limits: limits, readsPictures: pictures)
    return await extractor.reading(of: octets, contentType: contentType, filename: filename)
}

private let probePath = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: ".build/debug/SandboxProbe").path
