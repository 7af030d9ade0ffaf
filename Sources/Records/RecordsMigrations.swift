import Jobs
package import Postgres

/// The schema, oldest first: the queue's own tables, then the records.
package enum RecordsMigrations {
    package static let schema = "brevdue"

    package static var all: [Migration] {
        [
            Jobs.migration(schema: schema),
            Migration(name: "records_0001", sql: String(decoding: PackageResources.records_0001_sql, as: UTF8.self)),
            Migration(name: "records_0002", sql: String(decoding: PackageResources.records_0002_sql, as: UTF8.self)),
            Migration(name: "records_0003", sql: String(decoding: PackageResources.records_0003_sql, as: UTF8.self)),
            Migration(name: "records_0004", sql: String(decoding: PackageResources.records_0004_sql, as: UTF8.self)),
            Migration(name: "records_0005", sql: String(decoding: PackageResources.records_0005_sql, as: UTF8.self)),
            Migration(name: "records_0006", sql: String(decoding: PackageResources.records_0006_sql, as: UTF8.self)),
            Migration(name: "records_0007", sql: String(decoding: PackageResources.records_0007_sql, as: UTF8.self)),
            Migration(name: "records_0008", sql: String(decoding: PackageResources.records_0008_sql, as: UTF8.self)),
            Migration(name: "records_0009", sql: String(decoding: PackageResources.records_0009_sql, as: UTF8.self)),
            Migration(name: "records_0010", sql: String(decoding: PackageResources.records_0010_sql, as: UTF8.self)),
            Migration(name: "records_0011", sql: String(decoding: PackageResources.records_0011_sql, as: UTF8.self)),
            Migration(name: "records_0012", sql: String(decoding: PackageResources.records_0012_sql, as: UTF8.self)),
        ]
    }
}
