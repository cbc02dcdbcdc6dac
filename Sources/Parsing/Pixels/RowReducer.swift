import Documents

/// Reduces a picture while its rows arrive, so that memory follows the small picture and not the stored one.
///
/// Each pixel of the result is the mean of the area it covers, in whole numbers: the same bytes on every machine, and a
/// mirrored picture gives the mirrored result. Rows that lie within one target row are added up first, column by column, and
/// only their sum is reduced across: the same whole numbers for a fraction of the work.
struct RowReducer {
    private let source: PixelSize
    private let target: PixelSize
    private let layout: RowLayout
    private let across: AcrossReducer
    /// Sums of one row, and of the target row so far: per target column and channel.
    private var line: [UInt64]
    private var sums: [UInt64]
    private var inner: InnerRows
    private var pixels: [UInt8]
    private var sourceRow = 0
    private var targetRow = 0

    /// `target` is not larger than `source`.
    init(source: PixelSize, target: PixelSize, layout: RowLayout) {
        precondition(target.width <= source.width && target.height <= source.height)
        self.source = source
        self.target = target
        self.layout = layout
        across = AcrossReducer(source: source.width, target: target.width, channels: layout.channels)
        inner = InnerRows(width: source.width, layout: layout)
        line = Array(repeating: 0, count: target.width * layout.channels)
        sums = line
        pixels = Array(repeating: 0, count: target.width * target.height * 3)
    }

    /// Adds the next row, `layout.bytes(width: source.width)` bytes.
    mutating func add(_ row: UnsafePointer<UInt8>) {
        precondition(sourceRow < source.height, "more rows than the picture has")
        if source == target, layout == .rgb { return copy(row) }
        // In units of 1 / (source.height * target.height): where this row and the current target row end.
        let start = sourceRow * target.height
        let end = start + target.height
        let boundary = (targetRow + 1) * source.height
        sourceRow += 1
        if end < boundary {
            inner.add(row)
            if inner.isFull { addInnerRows() }
            return
        }
        addInnerRows()
        switch layout {
        case .bits: inner.withBits(of: row) { across.reduce($0, scale: 255, into: &line) }
        case .grey, .rgb: across.reduce(row, scale: 1, into: &line)
        }
        accumulate(weight: boundary - start)
        emit()
        if end > boundary { accumulate(weight: end - boundary) }
    }

    /// The reduced picture; all rows must have been added.
    consuming func finish() -> Bitmap {
        precondition(targetRow == target.height, "fewer rows than the picture has")
        return Bitmap(width: target.width, height: target.height, pixels: pixels)
    }

    private mutating func copy(_ row: UnsafePointer<UInt8>) {
        let count = target.width * 3
        pixels.withUnsafeMutableBufferPointer { $0.baseAddress?.advanced(by: sourceRow * count).update(from: row, count: count) }
        sourceRow += 1
        targetRow += 1
    }

    private mutating func addInnerRows() {
        guard inner.count > 0 else { return }
        inner.take { bits, sums in
            if let bits { across.reduce(bits, scale: 255, into: &line) }
            if let sums { across.reduce(sums, scale: 1, into: &line) }
        }
        accumulate(weight: target.height)
    }

    private mutating func accumulate(weight: Int) {
        let weight = UInt64(weight)
        line.withUnsafeBufferPointer { line in
            sums.withUnsafeMutableBufferPointer { sums in
                for index in 0..<sums.count { sums[index] &+= line[index] &* weight }
            }
        }
    }

    /// Writes the means of the target row whose sums are complete.
    private mutating func emit() {
        let total = UInt64(source.width) * UInt64(source.height)
        // Division by multiplication: the quotient of the reciprocal is right or one too small.
        let reciprocal = UInt64.max / total
        let copies = 3 / layout.channels
        let start = targetRow * target.width * 3
        sums.withUnsafeMutableBufferPointer { sums in
            pixels.withUnsafeMutableBufferPointer { pixels in
                var at = start
                for index in 0..<sums.count {
                    let sum = sums[index] &+ total / 2
                    var mean = sum.multipliedFullWidth(by: reciprocal).high
                    if sum &- mean &* total >= total { mean &+= 1 }
                    for copy in 0..<copies { pixels[at + copy] = UInt8(truncatingIfNeeded: mean) }
                    at += copies
                    sums[index] = 0
                }
            }
        }
        targetRow += 1
    }
}
