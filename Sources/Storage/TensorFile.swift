import Documents
import FoundationEssentials
public import SystemPackage

/// Shogo's container for everything numeric: a safetensors file that names its kind, its format version and a checksum
/// per tensor (docs/formats/README.md).
public struct TensorFile: Sendable {
    /// What the file holds: `image-descriptor`, `model`, `shard`, ...
    public let kind: String
    public let version: Int
    /// Everything else the writer said about the file; text only.
    public let metadata: [String: String]
    public let tensors: [String: Tensor]

    private let checksums: [String: String]
    private let path: FilePath
    private let mapping: MappedBytes?

    public init(kind: String, version: Int, metadata: [String: String] = [:], tensors: [String: Tensor]) {
        self.kind = kind
        self.version = version
        self.metadata = metadata
        self.tensors = tensors
        self.checksums = [:]
        self.path = FilePath()
        self.mapping = nil
    }

    // MARK: Writing

    /// The file's bytes: the same for the same content, on every machine.
    ///
    /// Tensors lie in name order, each on an 8-byte boundary (so that a mapped file can be read in place).
    public func encoded() -> [UInt8] {
        var entries: [String: HeaderEntry] = [:]
        var described = metadata
        described[Key.kind] = kind
        described[Key.version] = String(version)
        var body: [UInt8] = []
        for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
            // safetensors allows no gaps, so padding is a tensor of its own.
            if body.count % 8 != 0 {
                let gap = 8 - body.count % 8
                entries["\(Key.padding)\(name)"] = .tensor(.u8, [gap], body.count..<body.count + gap)
                body.append(contentsOf: repeatElement(0, count: gap))
            }
            let start = body.count
            tensor.withBytes { body.append(contentsOf: $0) }
            entries[name] = .tensor(tensor.element, tensor.shape, start..<body.count)
            described[Key.checksum + name] = ContentDigest.sha256(of: Array(body[start...])).hex
        }
        entries["__metadata__"] = .metadata(described)

        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Strings, integers and arrays of them always encode.
        var header = Array(try! encoder.encode(entries))
        header.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - header.count % 8) % 8))
        return withUnsafeBytes(of: UInt64(header.count).littleEndian, Array.init) + header + body
    }

    /// Writes the file atomically; see `AtomicFile`.
    public func write(to path: FilePath) throws(StorageError) {
        try AtomicFile.write(encoded(), to: path)
    }

    // MARK: Reading

    /// Maps a file and checks its header: kind, version, and that every tensor lies inside the file.
    ///
    /// Checksums are not read here: call `verify()` where the cost of reading every byte is worth it.
    public init(contentsOf path: FilePath, kind: String, versions: ClosedRange<Int>) throws(StorageError) {
        let bytes = try MappedBytes(path: path)
        do throws(StorageError) {
            try self.init(bytes, path: path, kind: kind, versions: versions)
        } catch {
            try bytes.checkRead()
            throw error
        }
        try checkRead()
    }

    private init(_ bytes: MappedBytes, path: FilePath, kind: String, versions: ClosedRange<Int>) throws(StorageError) {
        guard bytes.count >= 8 else {
            throw .truncated(path: path, expectedBytes: 8, actualBytes: bytes.count)
        }
        let length = bytes.withBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
        guard length <= Self.largestHeader else {
            throw .malformed(path: path, why: "its header claims \(length) bytes")
        }
        let bodyStart = 8 + Int(length)
        guard bytes.count >= bodyStart else {
            throw .truncated(path: path, expectedBytes: bodyStart, actualBytes: bytes.count)
        }
        let header = bytes.withBytes { Data($0[8..<bodyStart]) }
        let entries: [String: HeaderEntry]
        do {
            entries = try JSONDecoder().decode([String: HeaderEntry].self, from: header)
        } catch {
            throw .malformed(path: path, why: "its header is not the JSON that safetensors asks for")
        }
        guard case .metadata(var metadata)? = entries["__metadata__"], let found = metadata.removeValue(forKey: Key.kind) else {
            throw .malformed(path: path, why: "its header names no kind")
        }
        guard found == kind else {
            throw .malformed(path: path, why: "it is a \(found), not a \(kind)")
        }
        guard let version = metadata.removeValue(forKey: Key.version).flatMap({ Int($0) }) else {
            throw .malformed(path: path, why: "its header names no format version")
        }
        guard versions.contains(version) else {
            throw .unknownVersion(path: path, kind: kind, found: version, supported: versions)
        }

        var tensors: [String: Tensor] = [:]
        var checksums: [String: String] = [:]
        var end = 0
        for (name, entry) in entries where name != "__metadata__" {
            guard case .tensor(let element, let shape, let range) = entry,
                Self.byteCount(element, shape) == range.count
            else {
                throw .malformed(path: path, why: "the shape and the place of '\(name)' contradict each other")
            }
            guard range.upperBound <= bytes.count - bodyStart else {
                let (expected, overflow) = bodyStart.addingReportingOverflow(range.upperBound)
                throw .truncated(path: path, expectedBytes: overflow ? .max : expected, actualBytes: bytes.count)
            }
            end = max(end, range.upperBound)
            if name.hasPrefix(Key.padding) {
                guard bytes.withBytes({ $0[(bodyStart + range.lowerBound)..<(bodyStart + range.upperBound)].allSatisfy { $0 == 0 } }) else {
                    throw .malformed(path: path, why: "its padding is not zero")
                }
                continue
            }
            guard let checksum = metadata.removeValue(forKey: Key.checksum + name) else {
                throw .malformed(path: path, why: "'\(name)' has no checksum")
            }
            checksums[name] = checksum
            tensors[name] = Tensor(
                element: element, shape: shape,
                source: .mapped(bytes, bodyStart + range.lowerBound..<bodyStart + range.upperBound))
        }
        if let orphan = metadata.keys.first(where: { $0.hasPrefix(Key.checksum) }) {
            throw .malformed(path: path, why: "its header has '\(orphan)' but no such tensor")
        }
        guard bytes.count == bodyStart + end else {
            throw .malformed(path: path, why: "\(bytes.count - bodyStart - end) bytes follow its last tensor")
        }
        self.kind = kind
        self.version = version
        self.metadata = metadata
        self.tensors = tensors
        self.checksums = checksums
        self.path = path
        self.mapping = bytes
    }

    /// Throws when a tensor that was read so far may hold zeros in place of its values; see `MappedBytes.checkRead()`. To be called after
    /// the last reading of a tensor.
    public func checkRead() throws(StorageError) {
        try mapping?.checkRead()
    }

    /// Reads every tensor, or those of some names, and compares its checksum; throws at the first that does not match or cannot be read.
    public func verify(_ names: Set<String>? = nil) throws(StorageError) {
        for (name, checksum) in checksums.sorted(by: { $0.key < $1.key }) where names?.contains(name) ?? true {
            var builder = DigestBuilder()
            tensors[name]!.withBytes { builder.append($0) }
            guard builder.finalize().hex == checksum else {
                try checkRead()
                throw .checksumMismatch(path: path, tensor: name)
            }
        }
        try checkRead()
    }

    /// The tensor of that name, checked for its element type and number of dimensions.
    public func tensor(_ name: String, _ element: Tensor.Element, dimensions: Int) throws(StorageError) -> Tensor {
        guard let tensor = tensors[name] else {
            throw .malformed(path: path, why: "it has no tensor '\(name)'")
        }
        guard tensor.element == element, tensor.shape.count == dimensions else {
            throw .malformed(
                path: path, why: "'\(name)' is \(tensor.element.rawValue)\(tensor.shape), not \(element.rawValue) with \(dimensions) dimensions")
        }
        return tensor
    }

    /// The metadata value of that name.
    public func text(_ name: String) throws(StorageError) -> String {
        guard let text = metadata[name] else {
            throw .malformed(path: path, why: "its header does not name '\(name)'")
        }
        return text
    }

    private static func byteCount(_ element: Tensor.Element, _ shape: [Int]) -> Int? {
        var count = element.size
        for side in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: side)
            guard side >= 0, !overflow else { return nil }
            count = product
        }
        return count
    }

    private static let largestHeader: UInt64 = 100_000_000

    private enum Key {
        static let kind = "kind"
        static let version = "format"
        static let checksum = "sha256."
        static let padding = "padding."
    }
}

/// One value of a safetensors header: the text table, or a tensor's type, shape and place.
private enum HeaderEntry: Codable {
    case metadata([String: String])
    case tensor(Tensor.Element, [Int], Range<Int>)

    private enum CodingKeys: String, CodingKey {
        case element = "dtype", shape, offsets = "data_offsets"
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .metadata(let table):
            try table.encode(to: encoder)
        case .tensor(let element, let shape, let range):
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(element.rawValue, forKey: .element)
            try container.encode(shape, forKey: .shape)
            try container.encode([range.lowerBound, range.upperBound], forKey: .offsets)
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard container.contains(.offsets) else {
            self = .metadata(try [String: String](from: decoder))
            return
        }
        let name = try container.decode(String.self, forKey: .element)
        let offsets = try container.decode([Int].self, forKey: .offsets)
        guard let element = Tensor.Element(rawValue: name), offsets.count == 2, 0 <= offsets[0], offsets[0] <= offsets[1] else {
            throw DecodingError.dataCorruptedError(forKey: .offsets, in: container, debugDescription: "\(name) at \(offsets)")
        }
        self = .tensor(element, try container.decode([Int].self, forKey: .shape), offsets[0]..<offsets[1])
    }
}
