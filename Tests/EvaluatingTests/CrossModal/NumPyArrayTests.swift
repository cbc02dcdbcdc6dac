import Documents
import Evaluating
import LinearAlgebra
import SystemPackage
import TestSupport
import Testing

/// Files as `numpy.save` writes them.
private enum Saved {
    /// A file as `numpy.save` writes it.
    static func file(_ descr: String, _ shape: String, _ data: [UInt8], version: UInt8 = 1, order: String = "False") -> [UInt8] {
        let header = Array("{'descr': \(descr), 'fortran_order': \(order), 'shape': \(shape), }".utf8)
        let prefix = version == 1 ? 10 : 12
        let padding = 63 - (prefix + header.count) % 64
        let length = header.count + padding + 1
        let sizes = (0..<(version == 1 ? 2 : 4)).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
        return [0x93] + Array("NUMPY".utf8) + [version, 0] + sizes + header + [UInt8](repeating: 0x20, count: padding) + [0x0A] + data
    }

    static func bytes<Value: FixedWidthInteger>(_ values: [Value]) -> [UInt8] {
        values.flatMap { value in withUnsafeBytes(of: value.littleEndian) { Array($0) } }
    }

    static let kinds: [(String, [UInt8])] = [
        ("'<f4'", bytes([Float](arrayLiteral: 1, 2, 0, -4, 5, 6).map(\.bitPattern))),
        ("'<f8'", bytes([Double](arrayLiteral: 1, 2, 0, -4, 5, 6).map(\.bitPattern))),
        ("'<i4'", bytes([Int32](arrayLiteral: 1, 2, 0, -4, 5, 6))),
        ("'<i8'", bytes([Int64](arrayLiteral: 1, 2, 0, -4, 5, 6))),
    ]
}

@Suite("NumPy files")
struct NumPyArrayTests {
    let folder = TemporaryDirectory()

    func read(_ bytes: [UInt8]) throws -> NumPyArray {
        folder.write(bytes, RawPath("array.npy"))
        return try NumPyArray(path: folder["array.npy"])
    }

    @Test("Every kind is read, in every version", arguments: Saved.kinds, [1, 2, 3] as [UInt8])
    func kinds(_ kind: (String, [UInt8]), _ version: UInt8) throws {
        let array = try read(Saved.file(kind.0, "(2, 3)", kind.1, version: version))
        #expect(try array.matrix() == Matrix(rows: 2, columns: 3, values: [1, 2, 0, -4, 5, 6]))
        #expect(array.shape == [2, 3] && array.count == 6)
        let labels = try read(Saved.file(kind.0, "(6,)", kind.1, version: version))
        #expect(try labels.integers() == [1, 2, 0, -4, 5, 6])
        #expect(try labels.matrix().columns == 1)
    }

    @Test("Bytes, long lengths of Python 2, a column of labels, column order and empty arrays are read")
    func others() throws {
        #expect(try read(Saved.file("'|u1'", "(3, 1)", [0, 7, 255])).integers() == [0, 7, 255])
        #expect(try read(Saved.file("'|u1'", "(1L, 3L)", [0, 7, 255])).matrix().values == [0, 7, 255])
        #expect(try read(Saved.file("'|u1'", "(2,)", [1, 2], order: "True")).integers() == [1, 2])
        #expect(try read(Saved.file("'|u1'", "(2, 3)", [1, 4, 2, 5, 3, 6], order: "True")).matrix() == Matrix(rows: 2, columns: 3, values: [1, 2, 3, 4, 5, 6]))
        #expect(try read(Saved.file("'<f4'", "(0, 5)", [])).matrix() == Matrix(rows: 0, columns: 5))
    }

    @Test("Every truncation is an error that says so", arguments: [1, 2] as [UInt8])
    func truncations(_ version: UInt8) throws {
        let whole = Saved.file("'<f4'", "(2, 3)", Saved.kinds[0].1, version: version)
        for count in 0..<whole.count {
            let error = try #require(throws: NumPyError.self) { try read(Array(whole[..<count])) }
            #expect(error.path == folder["array.npy"] && error.remedy.contains("numpy.save"))
        }
        #expect(throws: NumPyError.self) { try read(whole + [0]) }
    }

    @Test("What is not supported says what to do", arguments: [
        (Saved.file("'>f4'", "(1,)", [0, 0, 0, 0]), "astype"), (Saved.file("'<c8'", "(1,)", [0, 0, 0, 0, 0, 0, 0, 0]), "astype"),
        (Saved.file("[('a', '<f4')]", "(1,)", [0, 0, 0, 0]), "astype"), (Saved.file("'|u1'", "()", [0]), "reshape"),
        (Saved.file("'|u1'", "(1, 1, 1)", [0]), "reshape"),
        (Saved.file("'|u1'", "(1,)", [0], version: 4), "again"),
    ] as [([UInt8], String)])
    func unsupported(_ bytes: [UInt8], _ remedy: String) throws {
        let error = try #require(throws: NumPyError.self) { try read(bytes) }
        #expect(error.remedy.contains(remedy), "\(error)")
    }

    @Test("A header that contradicts itself or overflows is an error", arguments: [
        Saved.file("'<f4'", "(9223372036854775807, 9223372036854775807)", []), Saved.file("'<f4'", "(99999999999999999999,)", []),
        Saved.file("'<f4'", "(-1,)", []), Saved.file("'<f4'", "(2 2)", []), Saved.file("'<f4'", "(,)", []), Saved.file("'<f4'", "(1,)", [0, 0]),
        Saved.file("'<f4'", "(1,), 'shape': (0,)", []), Saved.file("<f4", "(0,)", []), Saved.file("'<f4'", "True", []), Saved.file("(1,)", "(0,)", []),
        Saved.file("'<f4'", "(0,)", [], order: "(0,)"), Array("\u{93}NUMPY".utf8), Array("{'descr': '<f4'}".utf8),
        [0x93] + Array("NUMPY".utf8) + [2, 0, 0xFF, 0xFF, 0xFF, 0xFF],
    ])
    func contradictions(_ bytes: [UInt8]) {
        #expect(throws: NumPyError.self) { try read(bytes) }
    }

    @Test("Changed bytes of a header never crash", arguments: 0..<20 as Range<UInt64>)
    func mutations(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let whole = Saved.file("'<i8'", "(2, 3)", Saved.kinds[3].1)
        for _ in 0..<50 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) { bytes[Int.random(in: 0..<128, using: &random)] = .random(in: 0...255, using: &random) }
            guard let array = try? read(bytes) else { continue }
            #expect(array.count * 4 <= bytes.count * 4)
            _ = try? array.matrix()
            _ = try? array.integers()
        }
    }

    @Test("Labels are whole, values are finite")
    func values() throws {
        #expect(throws: NumPyError.self) { try read(Saved.file("'<f4'", "(1,)", Saved.bytes([Float(0.5).bitPattern]))).integers() }
        #expect(throws: NumPyError.self) { try read(Saved.file("'<f4'", "(1,)", Saved.bytes([Float.nan.bitPattern]))).matrix() }
        #expect(throws: NumPyError.self) { try read(Saved.file("'<f8'", "(1,)", Saved.bytes([Double(1e300).bitPattern]))).matrix() }
        #expect(throws: NumPyError.self) { try read(Saved.file("'|u1'", "(2, 2)", [1, 2, 3, 4])).integers() }
        #expect(throws: (any Error).self) { try NumPyArray(path: folder["none.npy"]) }
    }
}
