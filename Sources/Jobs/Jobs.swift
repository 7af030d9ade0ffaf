package import Postgres

/// The schema of the queue.
package enum Jobs {
    /// Tables of jobs, dead letters, nodes and the leader, in the given schema (a plain identifier of ours).
    package static func migration(schema: String) -> Migration {
        Migration(name: "jobs_0001", sql: tables.replacing("SCHEMA.", with: "\(schema)."))
    }

    private static let tables = """
        CREATE SEQUENCE SCHEMA.job_lease;

        -- State: s scheduled, r ready, x running. Finished jobs are deleted, so the table stays small; it is vacuumed by
        -- count, since a share of nothing would never be reached.
        CREATE TABLE SCHEMA.job (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            queue text NOT NULL,
            kind text NOT NULL,
            state "char" NOT NULL CHECK (state IN ('s', 'r', 'x')),
            priority smallint NOT NULL DEFAULT 0,
            run_at timestamptz NOT NULL,
            attempt smallint NOT NULL DEFAULT 0,
            max_attempts smallint NOT NULL DEFAULT 20,
            lease_token bigint,
            lease_until timestamptz,
            node_id integer,
            unique_key bytea,
            payload json NOT NULL,
            last_error text,
            created_at timestamptz NOT NULL DEFAULT clock_timestamp()
        ) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
            autovacuum_vacuum_cost_delay = 0);
        CREATE INDEX job_ready ON SCHEMA.job (queue, priority, id) WHERE state = 'r';
        CREATE INDEX job_scheduled ON SCHEMA.job (run_at) WHERE state = 's';
        CREATE INDEX job_running ON SCHEMA.job (lease_until) WHERE state = 'x';
        -- Not over running jobs: news that comes while one runs must queue another run.
        CREATE UNIQUE INDEX job_unique ON SCHEMA.job (kind, unique_key)
            WHERE unique_key IS NOT NULL AND state IN ('s', 'r');

        CREATE TABLE SCHEMA.job_dead (
            id bigint PRIMARY KEY,
            queue text NOT NULL,
            kind text NOT NULL,
            attempt smallint NOT NULL,
            payload json NOT NULL,
            reason text NOT NULL,
            created_at timestamptz NOT NULL,
            died_at timestamptz NOT NULL DEFAULT clock_timestamp()
        );

        CREATE TABLE SCHEMA.node (
            id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name text NOT NULL UNIQUE,
            started_at timestamptz NOT NULL DEFAULT clock_timestamp()
        );

        CREATE TABLE SCHEMA.leader (
            name text PRIMARY KEY,
            node_id integer NOT NULL,
            term bigint NOT NULL DEFAULT 1,
            expires_at timestamptz NOT NULL
        );
        """
}
