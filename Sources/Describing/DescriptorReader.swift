import Storage
import SystemPackage

/// Reads tensors of a descriptor file that nobody vouches for: every value is checked before it is used as an index.
struct DescriptorReader {
    let file: TensorFile
    private let path: FilePath

    /// Opens the file and compares the checksums of the tensors that will be read; `nil`: of all.
    init(_ path: FilePath, kind: String, checking names: Set<String>? = nil) throws(StorageError) {
        self.path = path
        file = try TensorFile(contentsOf: path, kind: kind, versions: DescriptorFile.versions)
        try file.verify(names)
    }

    func values<Value: TensorElement>(_ name: String, dimensions: Int) throws(StorageError) -> [Value] {
        let values: [Value] = try file.tensor(name, Value.element, dimensions: dimensions).values()
        try file.checkRead()
        return values
    }

    func floats(_ name: String, dimensions: Int) throws(StorageError) -> [Float] {
        let values: [Float] = try values(name, dimensions: dimensions)
        try check(values.allSatisfy(\.isFinite), "'\(name)' holds an infinity or no number at all")
        return values
    }

    func counts(_ name: String) throws(StorageError) -> [Float] {
        let values = try floats(name, dimensions: 1)
        try check(values.allSatisfy { $0 > 0 }, "'\(name)' holds a count of 0 or less")
        return values
    }

    /// How many ranges an offset tensor divides its values into.
    func count(ofOffsets name: String) throws(StorageError) -> Int {
        let count = try file.tensor(name, .u32, dimensions: 1).count
        try check(count > 0, "'\(name)' is empty")
        return count - 1
    }

    /// `count + 1` offsets that never fall, from 0 to `total`.
    func offsets(_ name: String, count: Int, total: Int) throws(StorageError) -> [Int] {
        let values: [UInt32] = try values(name, dimensions: 1)
        let offsets = values.map { Int($0) }
        try check(offsets.count == count + 1, "'\(name)' has \(offsets.count) entries, not \(count + 1)")
        try check(
            offsets.first == 0 && offsets.last == total && zip(offsets, offsets.dropFirst()).allSatisfy { $0 <= $1 },
            "'\(name)' does not rise from 0 to \(total)")
        return offsets
    }

    func check(_ holds: Bool, _ why: @autoclosure () -> String) throws(StorageError) {
        if !holds { throw malformed(why()) }
    }

    func malformed(_ why: String) -> StorageError { .malformed(path: path, why: why) }
}
