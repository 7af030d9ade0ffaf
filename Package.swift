// swift-tools-version:6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// A room of the house: one target, one concern.
///
/// Rooms depend downwards only (README, "The map of rooms").
func room(_ name: String, uses: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: uses, resources: resources, swiftSettings: settings)
}

/// The tests of a room stand beside it under its own name.
func tests(_ room: String, uses: [Target.Dependency] = []) -> Target {
    .testTarget(name: "\(room)Tests", dependencies: [.byName(name: room)] + uses, swiftSettings: settings)
}

/// A C library of the system: a module map and shims, nothing else.
///
/// Exactly one room imports it.
func door(_ name: String, to library: String, from package: String) -> Target {
    .systemLibrary(name: name, pkgConfig: library, providers: [.apt([package])])
}

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]
let tls = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "brevdue",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "brevdue", targets: ["brevdue"])],
    dependencies: [
        // The doors: sockets for SMTP in.
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        // TLS of the doors: STARTTLS for SMTP in, IMAP. Its BoringSSL is most of a cold build, and nothing else needs one.
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        // The JSON API. No traits: configuration is ours, so swift-configuration stays out.
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        // Order of start and stop, signals, graceful shutdown.
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        // Structured logs with a back-end of our own that writes JSON lines.
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        // Commands, options and --help.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        // Rules and configuration are YAML; Yams keeps line and column of every node for fault reports.
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        // Programs of PostgreSQL: another user, a session of their own, nothing inherited, and no blocked thread.
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
        // Templates of the mails: logic-less, so that the business may edit them.
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
    ],
    targets: [
        // Top: composition, commands, life of the daemon.
        .executableTarget(
            name: "brevdue",
            dependencies: [
                "Cases", "HTTPAPI", "Doors", "Workflow", "Records", "Correspondence", "Quoting", "Understanding",
                "Rules", "CVR", "Chat", "Extraction", "Sandbox", "Mail", "Jobs", "SMTPServer", "SMTPClient",
                "HTTPClient", "IMAPClient", "Hosts", "Postgres", "PostgresCluster", "Cryptography", "WireFormat",
                "MailAuthentication", "DNS", "CMalloc",
                logging, lifecycle, arguments, .product(name: "Yams", package: "Yams"),
                .product(name: "SystemPackage", package: "swift-system"),
            ] + nio,
            swiftSettings: settings),
        room(
            "HTTPAPI",
            uses: [
                "Doors", "Workflow", "Records", "Chat", "Postgres", "SMTPServer", "CVR", "Cryptography", "WireFormat",
                logging, lifecycle,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
            ]),
        room(
            "Cases",
            uses: [
                "Workflow", "Correspondence", "Quoting", "Understanding", "Rules", "Chat", "Mail", "CVR", "WireFormat",
            ]),
        room(
            "Doors",
            uses: [
                "Records", "SMTPServer", "Mail", "Hosts", "IMAPClient", "HTTPClient", "Chat", "Cryptography",
                "Postgres",
                "WireFormat",
                logging, lifecycle,
            ] + nio),
        room(
            "Workflow",
            uses: [
                "Records", "Jobs", "Postgres", "Correspondence", "Quoting", "Understanding", "Rules", "Chat", "Mail",
                "CVR", "SMTPClient", "Hosts", "MailAuthentication", "DNS", "WireFormat", "Extraction", logging,
                lifecycle,
            ]),
        room(
            "Records",
            uses: [
                "Postgres", "Jobs", "Mail", "Hosts", "CVR", "Understanding", "Quoting", "Rules", "Cryptography",
                "WireFormat", logging,
            ],
            resources: [.embedInCode("Migrations")]),

        // Pure: values in, values out; no clock, no database, no network.
        room(
            "Correspondence",
            uses: [
                "Quoting", "Understanding", "Rules", "Mail", "CVR", "Cryptography",
                .product(name: "Mustache", package: "swift-mustache"),
            ]),
        room("Quoting", uses: ["Understanding", "Rules", "Mail"]),
        room("Understanding", uses: ["Mail", "Chat", "CVR", "Rules"]),
        room("Rules", uses: ["Cryptography", .product(name: "Yams", package: "Yams")]),
        room("Chat", uses: ["Cryptography"]),
        room("CVR"),
        room("Mail", uses: ["CVR", "CGMime", "CXML2", "Cryptography", "Hosts"]),

        // Text of attachments, read in a process of its own.
        room("Extraction", uses: ["Sandbox", "Mail", "Cryptography", "CZip", "CXML2", "CGSF"]),

        // Generic: know nothing of Brevdue's business.
        room(
            "Sandbox",
            uses: ["CSeccomp", "CLinux", subprocess, .product(name: "SystemPackage", package: "swift-system")]),
        room("Jobs", uses: ["Postgres", logging, lifecycle]),
        room(
            "SMTPServer",
            uses: ["Hosts", "Cryptography", logging, lifecycle, tls, .product(name: "NIOTLS", package: "swift-nio")]
                + nio),
        room("SMTPClient", uses: ["CCurl", "Curl", "Hosts", "Threads", "WireFormat"]),
        room("HTTPClient", uses: ["CCurl", "Curl", "Threads"]),
        room("Curl", uses: ["CCurl", "WireFormat"]),
        room("IMAPClient", uses: ["WireFormat", tls] + nio),
        room("PostgresCluster", uses: [logging, subprocess, .product(name: "SystemPackage", package: "swift-system")]),
        room("Postgres", uses: ["CPostgres", "Threads", logging]),
        room("Cryptography", uses: ["COpenSSL", "CArgon2", "CZlib"]),
        room("MailAuthentication", uses: ["DNS", "Cryptography", "CPSL", "Hosts"]),
        room("DNS", uses: ["CAres", "Hosts"]),
        room("Hosts", uses: ["CIDN2"]),
        room("WireFormat"),
        room("Threads"),

        // What `Benchmarks/run advice` runs; no part of the product.
        .executableTarget(
            name: "BrevdueBench", dependencies: ["Quoting", "Understanding", "Rules", "Mail"],
            path: "Benchmarks/advice", swiftSettings: settings),

        // What holds of the reading of any octets: tests ask it of mails that once broke it, the fuzzer of ever new ones.
        .target(
            name: "ReadingProperties", dependencies: ["Understanding", "Rules", "CVR", "Mail"],
            path: "Fuzzing/Properties", swiftSettings: settings),

        // The rooms' tests.
        tests("Cryptography"),
        tests("SMTPClient", uses: ["WireFormat"]),
        tests("IMAPClient", uses: ["TestSupport"]),
        .testTarget(
            name: "SMTPServerTests",
            dependencies: [
                "SMTPServer", "Hosts", "Cryptography", logging, lifecycle, tls,
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ] + nio,
            exclude: ["Dialogues"], swiftSettings: settings),
        // What the tests of the sandbox and of reading attachments start in place of the product: it confines itself the same
        // way, and then does what it is told, or reads.
        .executableTarget(
            name: "SandboxProbe", dependencies: ["Sandbox", "Extraction"], path: "Tests/SandboxProbe",
            swiftSettings: settings),
        tests("Sandbox", uses: ["SandboxProbe"]),
        tests(
            "Extraction",
            uses: [
                "SandboxProbe", "TestSupport", "Mail", "CZlib", subprocess,
                .product(name: "SystemPackage", package: "swift-system"),
            ]),
        tests("DNS", uses: ["TestSupport", "Hosts"]),
        tests("Hosts"),
        tests("MailAuthentication", uses: ["TestSupport", "DNS", "Hosts", "Cryptography"]),
        tests("Chat", uses: ["Cryptography"]),
        tests("CVR", uses: ["GrowthSupport"]),
        tests("Correspondence", uses: ["CVR", "Mail", "Quoting", "Rules", "Understanding"]),
        .testTarget(name: "MailWritingTests", dependencies: ["Mail"], swiftSettings: settings),

        tests("Mail", uses: ["GrowthSupport", "Cryptography"]),
        tests(
            "Understanding",
            uses: ["TestSupport", "GrowthSupport", "ReadingProperties", "Mail", "Chat", "CVR", "Rules", "Quoting"]),
        tests("Rules", uses: ["TestSupport", .product(name: "Yams", package: "Yams")]),
        tests("Quoting", uses: ["TestSupport", "Mail", "CVR", "Rules", "Understanding"]),
        tests("Postgres", uses: ["PostgresCluster", "TestSupport", logging]),
        tests(
            "PostgresCluster",
            uses: ["TestSupport", "Postgres", subprocess, .product(name: "SystemPackage", package: "swift-system")]),
        tests("Jobs", uses: ["TestSupport", "Postgres", lifecycle]),
        tests(
            "Records", uses: ["TestSupport", "Postgres", "Jobs", "Cryptography", "Understanding", "Mail", "CVR"]),
        tests(
            "Workflow",
            uses: [
                "TestSupport", "Records", "Jobs", "Postgres", "Correspondence", "Rules", "Mail", "CVR", "SMTPClient",
                "MailAuthentication", "Hosts", "Cryptography", "Extraction", "Understanding",
                lifecycle, logging,
            ]),
        tests(
            "Doors",
            uses: ["SMTPServer", "IMAPClient", "Records", "Jobs", "Postgres", "TestSupport", lifecycle, logging]),
        tests("HTTPClient", uses: ["TestSupport"]),
        tests("Cases", uses: ["TestSupport", "Workflow", "Rules"]),
        tests("HTTPAPI", uses: ["brevdue", "TestSupport", "Postgres", "SMTPClient"]),
        // How work grows with what it is done to; apart, as the pure rooms' tests need nothing else.
        .target(name: "GrowthSupport", path: "Tests/GrowthSupport", swiftSettings: settings),
        .target(
            name: "TestSupport",
            dependencies: [
                "PostgresCluster", "Postgres", "Records", "Jobs", "SMTPClient", "Chat", "Cryptography", logging,
                subprocess, tls,
                .product(name: "SystemPackage", package: "swift-system"),
            ] + nio,
            path: "Tests/TestSupport", swiftSettings: settings),
        .testTarget(
            name: "AcceptanceTests",
            dependencies: [
                "brevdue", "TestSupport", "Mail", "CVR", "Rules", "Understanding", "Quoting", "Workflow", "Postgres",
                "SMTPClient", "Jobs", "Cryptography", "MailAuthentication", "Extraction", subprocess,
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: settings),

        // C doors.
        door("CGMime", to: "gmime-3.0", from: "libgmime-3.0-dev"),
        door("CXML2", to: "libxml-2.0", from: "libxml2-dev"),
        door("CPostgres", to: "libpq", from: "libpq-dev"),
        door("CCurl", to: "libcurl", from: "libcurl4-openssl-dev"),
        door("COpenSSL", to: "libcrypto", from: "libssl-dev"),
        door("CAres", to: "libcares", from: "libc-ares-dev"),
        door("CPSL", to: "libpsl", from: "libpsl-dev"),
        door("CIDN2", to: "libidn2", from: "libidn2-dev"),
        door("CArgon2", to: "libargon2", from: "libargon2-dev"),
        // Only allowed system calls for a process that reads what strangers send: the library knows their numbers and kernels.
        door("CSeccomp", to: "libseccomp", from: "libseccomp-dev"),
        // Attachments: archives of office documents, Outlook's compound files; compressed S/MIME.
        door("CZip", to: "libzip", from: "libzip-dev"),
        door("CGSF", to: "libgsf-1", from: "libgsf-1-dev"),
        door("CZlib", to: "zlib", from: "zlib1g-dev"),
        // System calls without a function of glibc, and its variadic ones.
        .systemLibrary(name: "CLinux"),
        // glibc's own header that its Swift module leaves out.
        .systemLibrary(name: "CMalloc"),
    ],
    swiftLanguageModes: [.v6]
)

// Only for `Fuzzing/run`: the fuzzer needs a build of its own, with the run time of libFuzzer.
if Context.environment["BREVDUE_FUZZING"] != nil {
    package.targets += [
        .executableTarget(
            name: "BrevdueFuzzing", dependencies: ["ReadingProperties", "Rules", "CFuzzer"],
            path: "Fuzzing/Driver", swiftSettings: settings),
        .systemLibrary(name: "CFuzzer", path: "Fuzzing/CFuzzer"),
    ]
}
