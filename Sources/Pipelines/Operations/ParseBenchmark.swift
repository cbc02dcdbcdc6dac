import Documents
import Foundation
import Parsing
import Storage
public import SystemPackage

/// `shogo bench parse`: how fast files are decoded and parsed, on one core, reading from disk included.
public struct ParseBenchmark {
    /// What one file, or all files together, cost.
    public struct Row: Encodable, Sendable {
        public var file: String
        public var bytes: Int
        /// Files of this row: 1, or all.
        public var files: Int
        /// What became of it: the kind of document, or a reason code.
        public var outcome: String
        /// Wall time of the median round.
        public var medianSeconds: Double
        public var megabytesPerSecond: Double
        public var filesPerSecond: Double
    }

    private let parser = ContentParser(limits: ParsingLimits())
    private let rounds: Int
    /// Decode images to this longer side instead of parsing.
    private let longestSide: Int?

    public init(rounds: Int, longestSide: Int?) {
        self.rounds = rounds
        self.longestSide = longestSide
    }

    /// One row for each file; with `together` one row for all of them, each round reading every file once.
    public func rows(_ files: [FilePath], together: Bool) throws -> [Row] {
        guard !files.isEmpty else { return [] }
        return together ? [try row(files, name: "\(files.count) files")] : try files.map { try row([$0], name: $0.raw.display) }
    }

    private func row(_ files: [FilePath], name: String) throws -> Row {
        var seconds: [Double] = []
        var outcome = ""
        var bytes = 0
        // One round before those that count: what is made once per process is no part of a file's cost.
        for round in 0...rounds {
            let start = ContinuousClock.now
            bytes = 0
            for file in files {
                let content = try NamedFile.read(file, as: "the file")
                bytes += content.count
                outcome = run(content, named: file)
            }
            let elapsed = start.duration(to: .now)
            if round > 0 { seconds.append(Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18) }
        }
        let median = seconds.sorted()[seconds.count / 2]
        return Row(
            file: name, bytes: bytes, files: files.count, outcome: outcome, medianSeconds: median,
            megabytesPerSecond: Double(bytes) / median / 1e6, filesPerSecond: Double(files.count) / median)
    }

    private func run(_ content: [UInt8], named file: FilePath) -> String {
        do throws(ParsingFailure) {
            if let longestSide {
                let bitmap = try parser.decodePage(1, of: content, longestSide: longestSide)
                return "\(bitmap.width) x \(bitmap.height)"
            }
            return switch try parser.parse(content, name: file.raw.name) {
            case .sheet(let sheet): "\(sheet.format.rawValue), \(sheet.fragments.count) fragments"
            case .images(let pages): "\(pages.count) pages"
            case .companion(let companion): "\(companion.kind.rawValue)"
            }
        } catch {
            return error.reason.rawValue
        }
    }
}
