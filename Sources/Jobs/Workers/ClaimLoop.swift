import Logging
import ServiceLifecycle

/// Claims and waits, until the service is asked to stop; then what is at hand is finished and nothing new begun.
struct ClaimLoop: Sendable {
    let name: String
    let limit: Int
    let node: Node
    let queue: JobQueue

    func run(_ work: @Sendable ([Job]) async -> Void) async {
        await cancelWhenGracefulShutdownButFinish { stopping in
            while !stopping() {
                let jobs = await claim()
                if jobs.isEmpty {
                    await queue.alarms.wait(for: name, atMost: queue.times.poll * Double.random(in: 0.8...1.2))
                } else {
                    await work(jobs)
                }
            }
        }
    }

    private func claim() async -> [Job] {
        do {
            return try await queue.claim(name, limit: limit, node: node.id)
        } catch {
            queue.logger.debug("nothing claimed", metadata: ["queue": "\(name)", "error": "\(error)"])
            return []
        }
    }

    /// Tries until the database takes them, or the lease has long run out.
    func handBack(_ jobs: [Job]) async {
        guard !jobs.isEmpty else { return }
        for attempt in 0..<20 {
            do {
                return try await queue.handBack(jobs)
            } catch {
                try? await Task.sleep(for: .milliseconds(min(2000, 50 << attempt)))
            }
        }
        queue.held.remove(jobs)
    }

    /// Runs the body with a question it asks between two pieces of work; a graceful shutdown wakes its waits but breaks
    /// into no work.
    private func cancelWhenGracefulShutdownButFinish(
        _ body: @Sendable (@Sendable () -> Bool) async -> Void
    ) async {
        let flag = ShutdownFlag()
        await withGracefulShutdownHandler {
            await body { flag.isSet || Task.isCancelled }
        } onGracefulShutdown: {
            flag.set()
            queue.alarms.ring(name)
        }
    }
}
