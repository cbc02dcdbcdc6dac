public import Documents
import Glibc

/// Which names a crawl passes over, in the manner of `.gitignore` without negation.
///
/// A rule without `/` matches a name at any depth; with `/` inside, the path from the root. A trailing `/` matches
/// directories only. `*`, `?` and `[...]` stay within one component; `**` is not special.
public struct IgnoreRules: Sendable {
    private struct Rule: Sendable {
        var pattern: String
        /// What `fnmatch` compares, with a terminator.
        var glob: [CChar]
        var isOfDirectories: Bool
        var isOfPaths: Bool

        init(_ pattern: String) {
            self.pattern = pattern
            var rest = pattern[...]
            isOfDirectories = rest.hasSuffix("/")
            if isOfDirectories { rest = rest.dropLast() }
            isOfPaths = rest.contains("/")
            if rest.hasPrefix("/") { rest = rest.dropFirst() }
            glob = Array(String(rest).utf8CString)
        }
    }

    private let rules: [Rule]

    public init(patterns: [String]) {
        rules = patterns.map(Rule.init)
    }

    /// The first rule that matches, or `nil`.
    public func match(_ path: RawPath, isDirectory: Bool) -> String? {
        guard !rules.isEmpty else { return nil }
        let whole = path.bytes.map { CChar(bitPattern: $0) } + [0]
        let nameStart = path.bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
        return whole.withUnsafeBufferPointer { bytes in
            rules.first { rule in
                guard isDirectory || !rule.isOfDirectories, let start = bytes.baseAddress else { return false }
                return fnmatch(rule.glob, rule.isOfPaths ? start : start + nameStart, FNM_PATHNAME) == 0
            }?.pattern
        }
    }
}
