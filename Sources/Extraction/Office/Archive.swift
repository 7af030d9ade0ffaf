import CZip

/// The files in a ZIP archive, unpacked when they are asked for and never beyond a bound in all.
struct Archive: ~Copyable {
    private let handle: OpaquePointer
    private let octets: [UInt8]
    private var left: Int

    /// Opens an archive, of which so many octets may be unpacked in all.
    init(_ octets: [UInt8], limit: Int) throws(ReadingFailure) {
        self.octets = octets
        left = limit
        let copy = UnsafeMutableRawPointer.allocate(byteCount: octets.count, alignment: 1)
        octets.withUnsafeBytes { if let base = $0.baseAddress { copy.copyMemory(from: base, byteCount: $0.count) } }
        // The source frees the copy, as it must not outlive what it reads.
        guard let source = zip_source_buffer_create(copy, UInt64(octets.count), 0, nil) else {
            copy.deallocate()
            throw ReadingFailure(.outOfMemory)
        }
        guard let handle = zip_open_from_source(source, ZIP_RDONLY, nil) else {
            zip_source_free(source)
            throw ReadingFailure(.damaged, "no whole archive")
        }
        self.handle = handle
    }

    deinit { zip_discard(handle) }

    /// The names of the files, in the order of the archive; of very many the first ones.
    var names: [String] {
        (0..<min(zip_get_num_entries(handle, 0), 10_000)).compactMap { index in
            zip_get_name(handle, UInt64(index), 0).map { String(cString: $0) }
        }
    }

    /// A file that the document can be read without; `nil` where it is damaged too.
    mutating func sideFile(_ name: String) throws(ReadingFailure) -> [UInt8]? {
        do throws(ReadingFailure) {
            return try file(name)
        } catch {
            guard error.code == .damaged else { throw error }
            return nil
        }
    }

    /// A file; `nil` where there is none of that name.
    mutating func file(_ name: String) throws(ReadingFailure) -> [UInt8]? {
        let index = zip_name_locate(handle, name, 0)
        guard index >= 0 else { return nil }
        guard let file = zip_fopen_index(handle, UInt64(index), 0) else {
            let code = zip_error_code_zip(zip_get_error(handle))
            throw ReadingFailure(code == ZIP_ER_NOPASSWD ? .encrypted : .damaged)
        }
        defer { zip_fclose(file) }
        var octets: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = zip_fread(file, &piece, UInt64(piece.count))
            guard count >= 0 else { throw ReadingFailure(.damaged, "\(name) is cut off") }
            if count == 0 { return octets }
            left -= Int(count)
            guard left >= 0 else { throw ReadingFailure(.unpacksTooLarge) }
            octets.append(contentsOf: piece.prefix(Int(count)))
        }
    }
}
