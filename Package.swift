// swift-tools-version: 6.2
import PackageDescription

// The arrows of this file are the architecture: left may use right, nothing else (docs/ARCHITECTURE.md).
// `swift build --explicit-target-dependency-import-check error` holds every import to them.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name + "Tests", dependencies: [.byName(name: name)] + dependencies, swiftSettings: settings)
}

let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "shogo",
    products: [.executable(name: "shogo", targets: ["shogo"])],
    traits: [
        .trait(name: "OCR", description: "Recognise text on page images with Tesseract."),
        .default(enabledTraits: ["OCR"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    ],
    targets: [
        .executableTarget(name: "shogo", dependencies: ["Commands"], swiftSettings: settings),
        module("Commands", ["Pipelines", "Evaluating", "Reporting", "Documents", arguments, system]),
        module(
            "Pipelines",
            [
                "Crawling", "Parsing", "Recognising", "Describing", "CorrelationLearning", "Indexing", "Matching", "Evaluating",
                "Reporting", "Queueing", "LinearAlgebra", "Storage", "Documents", "CSandbox", yams, subprocess, system,
            ]),

        module("Crawling", ["Documents", "Storage", system]),
        module("Parsing", ["Documents", "Storage", "CXML2", "CTIFF", "CJPEG", "CPNG", "CICU"]),
        module("Recognising", ["Documents", .target(name: "CTesseract", condition: .when(traits: ["OCR"]))]),
        module("Describing", ["Documents", "LinearAlgebra", "Storage", "CICU", system]),
        module("CorrelationLearning", ["Documents", "LinearAlgebra", "Storage", system]),
        module("Indexing", ["Documents", "LinearAlgebra", "Storage", system]),
        module("Matching", ["Documents", "LinearAlgebra", "Indexing"]),
        module("Evaluating", ["Documents", "LinearAlgebra", "CorrelationLearning", "Storage", system]),
        module("Reporting", ["Documents", "Storage", system]),
        module("Queueing", ["Documents", grdb]),

        module("LinearAlgebra", ["COpenBLAS", "CKernels"]),
        module("Storage", [system, crypto, "Documents", "CMapping"]),
        module("Documents"),

        // The doors to C libraries: one target each, imported by one or two modules above.
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .target(name: "CKernels"),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .target(name: "CXML2", dependencies: ["CLibXML2"]),
        .target(name: "CSandbox"),
        .target(name: "CMapping"),
        .target(name: "CICU", linkerSettings: [.linkedLibrary("icuuc")]),
        .target(
            name: "CTesseract", cSettings: [.define("SHOGO_OCR", .when(traits: ["OCR"]))],
            linkerSettings: [.linkedLibrary("tesseract", .when(traits: ["OCR"]))]),
        .target(name: "CTIFF", linkerSettings: [.linkedLibrary("tiff")]),
        .target(name: "CJPEG", linkerSettings: [.linkedLibrary("jpeg")]),
        .target(name: "CPNG", linkerSettings: [.linkedLibrary("png16"), .linkedLibrary("z")]),

        // For developers: feeds mutated files to the decoders (docs/fuzzing.md).
        .executableTarget(name: "shogo-fuzz", dependencies: ["Parsing", "Documents", "CSandbox"], path: "Tests/Fuzzing", swiftSettings: settings),
        .testTarget(name: "EndToEndTests", dependencies: ["shogo"], swiftSettings: settings),
        tests("Pipelines", ["Crawling", "CorrelationLearning", "Documents", "Queueing", "Recognising", "LinearAlgebra", "Storage", "TestSupport", "CSandbox", "Parsing", system]),
        tests("Describing", ["Documents", "Storage", system]),
        tests("Documents", ["TestSupport"]),
        tests("Storage", ["Documents", "TestSupport", system]),
        tests("LinearAlgebra", ["TestSupport"]),
        tests("Crawling", ["Documents", "Storage", "TestSupport", system]),
        tests("Queueing", ["Documents", "TestSupport", grdb, system]),
        tests("Indexing", ["Documents", "LinearAlgebra", "Storage", "TestSupport", system]),
        tests("Matching", ["Documents", "Indexing", "LinearAlgebra", "Storage", "TestSupport", system]),
        tests("Evaluating", ["CorrelationLearning", "Documents", "LinearAlgebra", "TestSupport", system]),
        tests("Reporting", ["TestSupport"]),
        tests("CorrelationLearning", ["Documents", "LinearAlgebra", "Storage", system]),
        .testTarget(
            name: "ParsingTests", dependencies: ["Parsing", "Documents", "CLibXML2"], exclude: ["Fixtures"], swiftSettings: settings),
        .testTarget(
            name: "RecognisingTests", dependencies: ["Recognising", "Documents", "Parsing"], exclude: ["Fixtures", "make_fixtures.py"],
            swiftSettings: settings),
        .target(name: "TestSupport", dependencies: ["Documents", system], path: "Tests/TestSupport", swiftSettings: settings),
    ]
)
