import SystemPackage

/// The head of a `.npy` file: magic, version, length, then a Python dictionary of `descr`, `fortran_order` and `shape`.
struct NumPyHeader {
    let element: NumPyArray.Element
    let shape: [Int]
    /// Whether the values of a column lie side by side.
    let isColumnMajor: Bool
    /// Where the values begin; they reach to the end of the file.
    let end: Int

    init(_ bytes: [UInt8], path: FilePath) throws(NumPyError) {
        guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else { throw .damaged(path, "it does not begin like one") }
        guard bytes.count >= 8 else { throw .damaged(path, "it ends within its header") }
        guard (1...3).contains(bytes[6]), bytes[7] == 0 else {
            throw .unsupported(path, "format version \(bytes[6]).\(bytes[7]) is unknown", "it again")
        }
        let prefix = bytes[6] == 1 ? 10 : 12
        guard bytes.count >= prefix else { throw .damaged(path, "it ends within its header") }
        let length = bytes[8..<prefix].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= bytes.count - prefix else { throw .damaged(path, "it ends within its header") }
        end = prefix + length

        var fields = PythonFields(bytes[prefix..<end])
        guard let found = fields.parse(), let kind = found["descr"], let order = found["fortran_order"], let lengths = found["shape"] else {
            throw .damaged(path, "its header is not what NumPy writes")
        }
        guard case .text(let name) = kind, let element = NumPyArray.Element(rawValue: name) else {
            let shown = if case .text(let name) = kind { name } else { "a record" }
            throw .unsupported(path, "its elements are \(shown), not f4, f8, i4, i8 (little-endian) or u1", "array.astype('float32')")
        }
        guard case .truth(let isColumnMajor) = order, case .lengths(let shape) = lengths else {
            throw .damaged(path, "its header is not what NumPy writes")
        }
        guard shape.count == 1 || shape.count == 2 else {
            throw .unsupported(path, "it has \(shape.count) dimensions, not one or two", "array.reshape(rows, columns)")
        }
        var size = (value: element.size, overflow: false)
        for length in shape where !size.overflow {
            let product = size.value.multipliedReportingOverflow(by: length)
            size = (product.partialValue, product.overflow)
        }
        guard !size.overflow, size.value == bytes.count - end else {
            let wanted = size.overflow ? "more bytes than fit" : "\(size.value) bytes"
            throw .damaged(path, "its header promises \(wanted) of values and it has \(bytes.count - end)")
        }
        self.element = element
        self.shape = shape
        self.isColumnMajor = isColumnMajor && shape.count == 2
    }
}

/// A reader of the one kind of Python dictionary that a `.npy` header is.
private struct PythonFields {
    enum Value {
        case text(String), truth(Bool), lengths([Int])
        /// A list, as of a record type.
        case other
    }

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// The fields; `nil` when it is no such dictionary, or something follows it.
    mutating func parse() -> [String: Value]? {
        guard take("{") else { return nil }
        var fields: [String: Value] = [:]
        while !take("}") {
            guard let name = text(), take(":"), let value = value(), fields.updateValue(value, forKey: name) == nil else { return nil }
            // A list has an unknown end, and ends in an error anyway.
            if case .other = value { return fields.merging(["fortran_order": .other, "shape": .other]) { old, _ in old } }
            guard take(",") || rest.first == UInt8(ascii: "}") else { return nil }
        }
        skipSpace()
        return rest.isEmpty ? fields : nil
    }

    private mutating func value() -> Value? {
        skipSpace()
        if rest.first == UInt8(ascii: "[") { return .other }
        if take("True") { return .truth(true) }
        if take("False") { return .truth(false) }
        if take("(") { return lengths().map { .lengths($0) } }
        return text().map { .text($0) }
    }

    private mutating func lengths() -> [Int]? {
        var lengths: [Int] = []
        while !take(")") {
            skipSpace()
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard let length = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
            rest = rest.dropFirst(digits.count)
            _ = take("L")  // Python 2 wrote long integers so.
            lengths.append(length)
            guard take(",") || rest.first == UInt8(ascii: ")") else { return nil }
        }
        return lengths
    }

    private mutating func text() -> String? {
        guard take("'") else { return nil }
        let content = rest.prefix { $0 != UInt8(ascii: "'") }
        rest = rest.dropFirst(content.count)
        guard take("'") else { return nil }
        return String(decoding: content, as: UTF8.self)
    }

    private mutating func take(_ token: String) -> Bool {
        skipSpace()
        guard rest.starts(with: token.utf8) else { return false }
        rest = rest.dropFirst(token.utf8.count)
        return true
    }

    private mutating func skipSpace() { rest = rest.drop { $0 == 0x20 || $0 == 0x0A } }
}
