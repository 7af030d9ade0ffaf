import CGSF

/// A storage of a compound file (MS-CFB): streams and further storages by name; the file is one itself.
struct Storage: ~Copyable {
    /// Owned.
    private let input: OpaquePointer
    private let folder: OpaquePointer

    private static let library: Void = gsf_init()

    /// Opens a compound file for as long as the closure runs.
    static func open<Value>(
        _ octets: [UInt8], _ body: (borrowing Storage) -> Value?
    ) throws(ReadingFailure) -> Value {
        _ = library
        let value = octets.withUnsafeBufferPointer { buffer -> Value? in
            guard let memory = gsf_input_memory_new(buffer.baseAddress, gsf_off_t(buffer.count), 0) else { return nil }
            defer { g_object_unref(UnsafeMutableRawPointer(memory)) }
            guard let file = gsf_infile_msole_new(memory, nil) else { return nil }
            guard let storage = Storage(owning: file) else { return nil }
            return body(storage)
        }
        guard let value else { throw ReadingFailure(.damaged) }
        return value
    }

    private init?(owning input: OpaquePointer) {
        guard let storage = cgsf_storage(input) else {
            g_object_unref(UnsafeMutableRawPointer(input))
            return nil
        }
        self.input = input
        self.folder = storage
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(input)) }

    /// The names of what is in it, of very many the first ones.
    var names: [String] {
        (0..<min(gsf_infile_num_children(folder), 10_000)).compactMap { index in
            gsf_infile_name_by_index(folder, index).map { String(cString: $0) }
        }
    }

    /// The storage of a name; `nil` where there is none.
    func storage(_ name: String) -> Storage? {
        gsf_infile_child_by_name(folder, name).flatMap { Storage(owning: $0) }
    }

    /// The octets of a stream; `nil` where there is none of that name, or it is cut off.
    func stream(_ name: String) -> [UInt8]? {
        guard let stream = gsf_infile_child_by_name(folder, name) else { return nil }
        defer { g_object_unref(UnsafeMutableRawPointer(stream)) }
        let size = Int(gsf_input_size(stream))
        guard size >= 0, size <= 64 << 20 else { return nil }
        guard size > 0 else { return [] }
        guard let octets = gsf_input_read(stream, size, nil) else { return nil }
        return Array(UnsafeBufferPointer(start: octets, count: size))
    }
}
