import Yams

/// A YAML mapping that is read key by key, and complains about every key that nobody asked for.
struct CheckedMapping {
    /// Where an error is: `shogo.yaml:12`.
    let file: String
    /// The mapping's own name for messages: `parse`, or empty at the top.
    let name: String
    private let pairs: [(key: String, value: Node, line: Int)]
    private let line: Int
    private var known: [String] = []

    init(_ node: Node, file: String, name: String) throws {
        self.file = file
        self.name = name
        line = node.mark?.line ?? 1
        guard let mapping = node.mapping else {
            throw ShogoError(.usage, "\(file):\(line): \(name.isEmpty ? "the file" : "'\(name)'") must be a mapping of names to values")
        }
        var pairs: [(key: String, value: Node, line: Int)] = []
        for (key, value) in mapping {
            let line = key.mark?.line ?? line
            let text = key.string ?? ""
            guard !pairs.contains(where: { $0.key == text }) else {
                throw ShogoError(.usage, "\(file):\(line): '\(text)' stands twice\(name.isEmpty ? "" : " in '\(name)'")")
            }
            pairs.append((text, value, line))
        }
        self.pairs = pairs
    }

    /// Parses a file's text; an empty one is an empty mapping.
    init(yaml: String, file: String) throws {
        let node: Node?
        do {
            node = try Yams.compose(yaml: yaml)
        } catch let error as YamlError {
            throw ShogoError(.usage, "\(file) is not valid YAML: \(error)")
        }
        try self.init(node ?? Node([(Node, Node)]()), file: file, name: "")
    }

    /// The node at `key`, or `nil`; from now on the key is known.
    mutating func node(_ key: String) -> Node? {
        known.append(key)
        return pairs.first { $0.key == key }.map(\.value)
    }

    /// The value at `key` or `default`; `check` tells what is asked for when it answers `nil`.
    mutating func value<Value>(_ key: String, default fallback: Value, expecting: String, _ check: (Node) -> Value?) throws -> Value {
        guard let node = node(key) else { return fallback }
        guard let value = check(node) else {
            throw error("'\(qualified(key))' must be \(expecting)", at: node)
        }
        return value
    }

    mutating func integer(_ key: String, default fallback: Int, in range: ClosedRange<Int>) throws -> Int {
        try value(key, default: fallback, expecting: "a whole number from \(range.lowerBound) to \(range.upperBound)") {
            $0.int.flatMap { range.contains($0) ? $0 : nil }
        }
    }

    mutating func number(_ key: String, default fallback: Double, in range: ClosedRange<Double>) throws -> Double {
        try value(key, default: fallback, expecting: "a number from \(range.lowerBound) to \(range.upperBound)") {
            ($0.float ?? $0.int.map(Double.init)).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    mutating func strings(_ key: String, default fallback: [String]) throws -> [String] {
        try value(key, default: fallback, expecting: "a list of texts") { node in
            guard let sequence = node.sequence else { return nil }
            let texts = sequence.compactMap(\.string)
            return texts.count == sequence.count ? texts : nil
        }
    }

    mutating func choice<Value: RawRepresentable & CaseIterable>(_ key: String, default fallback: Value) throws -> Value
    where Value.RawValue == String {
        let names = Value.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return try value(key, default: fallback, expecting: "one of \(names)") { $0.string.flatMap(Value.init(rawValue:)) }
    }

    /// A mapping inside this one; an absent key is an empty mapping.
    mutating func mapping(_ key: String) throws -> CheckedMapping {
        try CheckedMapping(node(key) ?? Node([(Node, Node)]()), file: file, name: qualified(key))
    }

    /// All keys with their values, where the keys are the user's own.
    mutating func entries() -> [(key: String, value: Node)] {
        known += pairs.map(\.key)
        return pairs.map { ($0.key, $0.value) }
    }

    /// Throws for the first key that was never asked for, and suggests the nearest that was.
    func finish() throws {
        for (key, _, line) in pairs where !known.contains(key) {
            let place = name.isEmpty ? "" : " in '\(name)'"
            throw ShogoError(.usage, "\(file):\(line): unknown key '\(key)'\(place); \(Suggestion.words(for: key, among: known))")
        }
    }

    func error(_ message: String, at node: Node? = nil) -> ShogoError {
        ShogoError(.usage, "\(file):\(node?.mark?.line ?? line): \(message)")
    }

    private func qualified(_ key: String) -> String { name.isEmpty ? key : "\(name).\(key)" }
}

/// Finds the name that a mistyped one was meant to be.
enum Suggestion {
    /// `did you mean 'roots'?`, or the list of names when none is near.
    static func words(for name: String, among names: [String]) -> String {
        let ranked = names.map { (name: $0, distance: distance(Array(name.lowercased()), Array($0.lowercased()))) }
        guard let best = ranked.min(by: { ($0.distance, $0.name) < ($1.distance, $1.name) }),
            best.distance <= max(2, best.name.count / 2)
        else {
            return "known are \(names.sorted().joined(separator: ", "))"
        }
        return "did you mean '\(best.name)'?"
    }

    /// Levenshtein's edit distance.
    static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let substituted = diagonal + (x == y ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
            }
        }
        return row[b.count]
    }
}
