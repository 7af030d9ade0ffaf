import Foundation

/// Settings of a server on a small machine that must not lose anything nor tell anything.
///
/// Written beside the cluster's own at every start, so that a new version of the daemon brings its settings along;
/// `ALTER SYSTEM` overrides them.
enum ServerSettings {
    static let file = "brevdue.conf"

    private static let text = """
        # Written by the daemon at every start; override with ALTER SYSTEM.
        listen_addresses = ''
        fsync = on
        synchronous_commit = on
        full_page_writes = on
        # After a crash: one call instead of one for each file.
        recovery_init_sync_method = syncfs

        max_connections = 60
        shared_buffers = 128MB
        wal_compression = on
        max_wal_size = 2GB
        min_wal_size = 256MB
        wal_buffers = 16MB
        checkpoint_timeout = 10min
        jit = off
        # Disks without arms; and a plan made while a table was small should not read it whole when it has grown.
        random_page_cost = 1.1
        idle_in_transaction_session_timeout = 60s

        # Values are parts of mails: neither parameters nor the details of an error go to the log.
        log_min_duration_statement = 5s
        log_parameter_max_length = 0
        log_parameter_max_length_on_error = 0
        log_error_verbosity = terse
        log_line_prefix = '%m [%p] '
        timezone = 'UTC'
        log_timezone = 'UTC'
        """ + "\n"

    /// Writes them into the cluster's folder.
    static func write(to folder: String) throws {
        try text.write(toFile: "\(folder)/\(file)", atomically: true, encoding: .utf8)
    }

    /// Has a new cluster read them.
    static func include(in folder: String) throws {
        let path = folder + "/postgresql.conf"
        let own = try String(contentsOfFile: path, encoding: .utf8)
        try (own + "\ninclude = '\(file)'\n").write(toFile: path, atomically: false, encoding: .utf8)
    }
}
