/// The right to migrate: a row with an end, judged by the database's clock.
struct MigrationLock: Sendable {
    /// How long the lock outlives its node.
    private static let lease = 15
    private static let renewal = Duration.seconds(5)

    let schema: String
    let node: String
    let pool: PostgresPool

    /// Runs the body under the lock, which is renewed meanwhile; waits at most a minute for another node.
    func held<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await take()
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await renewed(body))
        } catch {
            outcome = .failure(error)
        }
        // It ends by itself: what was done under it is not undone by the failure to give it up early.
        try? await release()
        return try outcome.get()
    }

    private func renewed<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                await renew()
                return nil
            }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }

    private func take() async throws {
        var holder = "unknown"
        for _ in 0..<300 {
            if try await extend() { return }
            let rows = try await pool.query("SELECT node FROM \(unsafe: schema).migration_lock")
            holder = try rows.first?.decode(String.self) ?? holder
            try await Task.sleep(for: .milliseconds(200))
        }
        throw MigrationError.locked(by: holder)
    }

    /// Takes the lock or makes it last longer.
    private func extend() async throws -> Bool {
        let rows = try await pool.query(
            """
            INSERT INTO \(unsafe: schema).migration_lock AS l (node, expires_at)
            VALUES (\(node), clock_timestamp() + make_interval(secs => \(Double(Self.lease))))
            ON CONFLICT (only_one) DO UPDATE SET node = excluded.node, expires_at = excluded.expires_at
            WHERE l.expires_at < clock_timestamp() OR l.node = excluded.node RETURNING node
            """, slot: .reserved)
        return !rows.isEmpty
    }

    private func renew() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.renewal)
            if !Task.isCancelled { _ = try? await extend() }
        }
    }

    private func release() async throws {
        _ = try await pool.query("DELETE FROM \(unsafe: schema).migration_lock WHERE node = \(node)")
    }
}
