import ArgumentParser

/// What commands take that list records.
struct ListArguments: ParsableArguments {
    @Flag(help: "One JSON object per line.") var json = false
    @Option(help: "How many at most, from 1 to 10000.") var limit = 200

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit: expected 1 to 10000") }
    }
}
