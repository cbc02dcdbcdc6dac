public import Documents
import Glibc

/// Which names a crawl passes over, in the manner of `.gitignore` without negation.
///
/// A rule without `/` matches a name at any depth; with `/` inside, the path from the root. A trailing `/` matches
/// directories only. `*`, `?` and `[...]` stay within one component; `**` is not special.
public struct IgnoreRules: Equatable, Sendable {
    public let patterns: [String]

    public init(patterns: [String]) {
        self.patterns = patterns
    }

    /// The first rule that matches, or `nil`.
    public func match(_ path: RawPath, isDirectory: Bool) -> String? {
        patterns.first { Self.matches($0, path, isDirectory: isDirectory) }
    }

    private static func matches(_ pattern: String, _ path: RawPath, isDirectory: Bool) -> Bool {
        var pattern = pattern[...]
        if pattern.hasSuffix("/") {
            guard isDirectory else { return false }
            pattern = pattern.dropLast()
        }
        let subject = pattern.contains("/") ? path.bytes : path.name.bytes
        if pattern.hasPrefix("/") { pattern = pattern.dropFirst() }
        return subject.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { bytes in
            (Array(bytes) + [0]).withUnsafeBufferPointer { fnmatch(String(pattern), $0.baseAddress, FNM_PATHNAME) == 0 }
        }
    }
}
