public import LinearAlgebra
import Storage
public import SystemPackage

/// An array of one or two dimensions from a `.npy` file (NumPy format versions 1 to 3; numpy.lib.format).
///
/// Little-endian `f4`, `f8`, `i4`, `i8` and bytes `u1`, in either order; every other kind is an error that says what to do.
public struct NumPyArray: Equatable, Sendable {
    enum Element: String {
        case float32 = "<f4", float64 = "<f8", int32 = "<i4", int64 = "<i8", uint8 = "|u1"

        var size: Int {
            switch self {
            case .uint8: 1
            case .float32, .int32: 4
            case .float64, .int64: 8
            }
        }
    }

    /// One or two lengths.
    public let shape: [Int]
    private let path: FilePath
    private let element: Element
    private let bytes: [UInt8]
    private let start: Int
    private let isColumnMajor: Bool

    /// Reads a whole file. Throws `NumPyError`, or `StorageError` when the system does not give the bytes.
    public init(path: FilePath) throws {
        self.path = path
        bytes = try WholeFile.read(path)
        let header = try NumPyHeader(bytes, path: path)
        (shape, element, start, isColumnMajor) = (header.shape, header.element, header.end, header.isColumnMajor)
    }

    /// How many values there are.
    public var count: Int { shape.reduce(1, *) }

    /// The values as floats, of an array of one dimension as one column. Throws when one is too large for a float.
    public func matrix() throws -> Matrix {
        let values = switch element {
        case .float32: read { Float(bitPattern: $0 as UInt32) }
        case .float64: read { Float(Double(bitPattern: $0 as UInt64)) }
        case .int32: read { Float($0 as Int32) }
        case .int64: read { Float($0 as Int64) }
        case .uint8: read { Float($0 as UInt8) }
        }
        guard values.allSatisfy(\.isFinite) else {
            throw NumPyError(path: path, why: "it has values that are infinite or no numbers", remedy: "replace them, as with numpy.nan_to_num")
        }
        let (rows, columns) = (shape[0], shape.count > 1 ? shape[1] : 1)
        return isColumnMajor ? Matrix(rows: columns, columns: rows, values: values).transposed : Matrix(rows: rows, columns: columns, values: values)
    }

    /// The values as integers, such as labels; floats must be whole. An array of two dimensions has one row or one column.
    public func integers() throws -> [Int] {
        guard shape.count == 1 || shape.contains(1) else {
            throw NumPyError.unsupported(path, "labels have one dimension, not \(shape[0]) x \(shape[1])", "one column")
        }
        let values: [Int?] = switch element {
        case .float32: read { Int(exactly: Float(bitPattern: $0 as UInt32)) }
        case .float64: read { Int(exactly: Double(bitPattern: $0 as UInt64)) }
        case .int32: read { Int($0 as Int32) }
        case .int64: read { Int($0 as Int64) }
        case .uint8: read { Int($0 as UInt8) }
        }
        guard !values.contains(nil) else { throw NumPyError.unsupported(path, "a label is not a whole number", "array.astype('int64')") }
        return values.compactMap(\.self)
    }

    private func read<Bits: FixedWidthInteger & BitwiseCopyable, Value>(_ convert: (Bits) -> Value) -> [Value] {
        bytes.withUnsafeBytes { raw in
            (0..<count).map { convert(Bits(littleEndian: raw.loadUnaligned(fromByteOffset: start + $0 * element.size, as: Bits.self))) }
        }
    }
}
