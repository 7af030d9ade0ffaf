import Dispatch
import Foundation
import Synchronization

/// Runs the jobs of one actor on a thread of its own, so that blocking calls never hold up the cooperative pool.
package final class ThreadExecutor: SerialExecutor {
    private let jobs = Mutex<[UnownedJob]>([])
    private let wakeUp = DispatchSemaphore(value: 0)
    private let isStopped = Atomic(false)

    /// Starts the thread; it ends once ``stop()`` was called and the jobs at hand are done.
    package static func start(name: String) -> ThreadExecutor {
        let executor = ThreadExecutor()
        let thread = Thread { executor.runJobs() }
        thread.name = name
        thread.start()
        return executor
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        wakeUp.signal()
    }

    /// Lets the thread end.
    package func stop() {
        isStopped.store(true, ordering: .releasing)
        wakeUp.signal()
    }

    private func runJobs() {
        while true {
            wakeUp.wait()
            let batch = jobs.withLock { jobs in
                defer { jobs.removeAll(keepingCapacity: true) }
                return jobs
            }
            for job in batch {
                job.runSynchronously(on: asUnownedSerialExecutor())
            }
            if batch.isEmpty && isStopped.load(ordering: .acquiring) { return }
        }
    }
}
