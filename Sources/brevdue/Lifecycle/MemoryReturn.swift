import CMalloc

/// Has the memory of large mails given back to the system once they are done with.
enum MemoryReturn {
    /// Blocks from here on are mapped by themselves and unmapped when they are freed.
    private static let threshold: Int32 = 1 << 20

    /// The C library starts like this, but raises the bound to the size of what was freed (mallopt(3)); the mails after
    /// that would lie in the heap of each thread that ever read one.
    static func keep() { _ = mallopt(M_MMAP_THRESHOLD, threshold) }
}
