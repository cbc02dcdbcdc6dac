/// An n-dimensional array of numbers as it lies in a file: little-endian, row-major.
public struct Tensor: Sendable {
    /// Element types, named as safetensors names them.
    public enum Element: String, Sendable {
        case u8 = "U8", i8 = "I8", u16 = "U16", u32 = "U32", u64 = "U64", f16 = "F16", f32 = "F32"

        public var size: Int {
            switch self {
            case .u8, .i8: 1
            case .u16, .f16: 2
            case .u32, .f32: 4
            case .u64: 8
            }
        }
    }

    enum Source: Sendable {
        case memory([UInt8])
        case mapped(MappedBytes, Range<Int>)
    }

    public let element: Element
    public let shape: [Int]
    let source: Source

    init(element: Element, shape: [Int], source: Source) {
        self.element = element
        self.shape = shape
        self.source = source
    }

    /// Takes values of a fixed-width type in memory order; their count must be the product of `shape`.
    public init<Value: TensorElement>(_ values: [Value], shape: [Int]) {
        precondition(values.count == shape.reduce(1, *), "a tensor's values do not fit its shape \(shape)")
        self.init(element: Value.element, shape: shape, source: .memory(values.withUnsafeBytes { Array($0) }))
    }

    /// A tensor of one dimension.
    public init<Value: TensorElement>(_ values: [Value]) {
        self.init(values, shape: [values.count])
    }

    public var count: Int { shape.reduce(1, *) }

    /// The same values in memory of their own; what was read of a file is to be checked by `TensorFile.checkRead()`.
    public var copy: Tensor { Tensor(element: element, shape: shape, source: .memory(withBytes { Array($0) })) }

    /// Lends the bytes without a copy when the file is mapped; they may be unaligned, and `TensorFile.checkRead()` tells whether they
    /// are the file's.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        switch source {
        case .memory(let bytes): try bytes.withUnsafeBytes(body)
        case .mapped(let bytes, let range): try bytes.withBytes { try body(UnsafeRawBufferPointer(rebasing: $0[range])) }
        }
    }

    /// A copy of the values; the element type must be the tensor's own.
    public func values<Value: TensorElement>(as type: Value.Type = Value.self) -> [Value] {
        precondition(element == Value.element, "a tensor of \(element.rawValue) was read as \(Value.element.rawValue)")
        return withBytes { bytes in
            [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
                UnsafeMutableRawBufferPointer(buffer).copyMemory(from: bytes)
                initialized = count
            }
        }
    }
}

/// A number type that a tensor may hold.
public protocol TensorElement: BitwiseCopyable, Sendable {
    static var element: Tensor.Element { get }
}

extension UInt8: TensorElement { public static var element: Tensor.Element { .u8 } }
extension Int8: TensorElement { public static var element: Tensor.Element { .i8 } }
extension UInt16: TensorElement { public static var element: Tensor.Element { .u16 } }
extension UInt32: TensorElement { public static var element: Tensor.Element { .u32 } }
extension UInt64: TensorElement { public static var element: Tensor.Element { .u64 } }
extension Float16: TensorElement { public static var element: Tensor.Element { .f16 } }
extension Float: TensorElement { public static var element: Tensor.Element { .f32 } }
