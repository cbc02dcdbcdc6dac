import Documents

/// Reduces a picture while its rows arrive, so that memory follows the small picture and not the stored one.
///
/// Each pixel of the result is the mean of the area it covers, in whole numbers: the same bytes on every machine, and a
/// mirrored picture gives the mirrored result.
struct RowReducer {
    private let source: PixelSize
    private let target: PixelSize
    private let layout: RowLayout
    /// Per target column: first source column, its weight, last source column, its weight. Columns between weigh `target.width`.
    private let columns: [(first: Int, firstWeight: UInt64, last: Int, lastWeight: UInt64)]
    /// Sums of the current row, and of the current target row so far: per target column and channel.
    private var line: [UInt64]
    private var sums: [UInt64]
    /// The bits of the row in `line`: a scanned page has many rows that equal the one above.
    private var previous: [UInt8]
    private var pixels: [UInt8] = []
    private var sourceRow = 0
    private var targetRow = 0

    /// `target` is not larger than `source`.
    init(source: PixelSize, target: PixelSize, layout: RowLayout) {
        precondition(target.width <= source.width && target.height <= source.height)
        self.source = source
        self.target = target
        self.layout = layout
        let width = target.width
        columns = (0..<width).map { column in
            let start = column * source.width
            let end = start + source.width
            let first = start / width
            let last = (end - 1) / width
            let firstWeight = first == last ? source.width : (first + 1) * width - start
            return (first, UInt64(firstWeight), last, UInt64(end - last * width))
        }
        line = Array(repeating: 0, count: width * layout.channels)
        sums = line
        previous = []
        pixels.reserveCapacity(width * target.height * 3)
    }

    /// Adds the next row, `layout.bytes(width: source.width)` bytes.
    mutating func add(_ row: UnsafePointer<UInt8>) {
        precondition(sourceRow < source.height, "more rows than the picture has")
        switch layout {
        case .bits: reduceBits(row)
        case .grey: reduceGrey(row)
        case .rgb: reduceColour(row)
        }
        // In units of 1 / (source.height * target.height): where this row and the current target row end.
        let start = sourceRow * target.height
        let end = start + target.height
        let boundary = (targetRow + 1) * source.height
        if end < boundary {
            accumulate(weight: target.height)
        } else {
            accumulate(weight: boundary - start)
            emit()
            if end > boundary { accumulate(weight: end - boundary) }
        }
        sourceRow += 1
    }

    /// The reduced picture; all rows must have been added.
    consuming func finish() -> Bitmap {
        precondition(targetRow == target.height, "fewer rows than the picture has")
        return Bitmap(width: target.width, height: target.height, pixels: pixels)
    }

    private mutating func reduceBits(_ row: UnsafePointer<UInt8>) {
        let bytes = UnsafeBufferPointer(start: row, count: layout.bytes(width: source.width))
        guard !previous.elementsEqual(bytes) else { return }
        previous = Array(bytes)
        let full = UInt64(target.width)
        line.withUnsafeMutableBufferPointer { line in
            columns.withUnsafeBufferPointer { columns in
                for column in 0..<columns.count {
                    let span = columns[column]
                    var sum = bytes.ones(in: span.first + 1, span.last) &* full &+ bytes.bit(span.first) &* span.firstWeight
                    if span.last > span.first { sum &+= bytes.bit(span.last) &* span.lastWeight }
                    line[column] = sum &* 255
                }
            }
        }
    }

    private mutating func reduceGrey(_ row: UnsafePointer<UInt8>) {
        let full = UInt64(target.width)
        line.withUnsafeMutableBufferPointer { line in
            columns.withUnsafeBufferPointer { columns in
                for column in 0..<columns.count {
                    let span = columns[column]
                    var middle: UInt64 = 0
                    var at = span.first + 1
                    while at < span.last {
                        middle &+= UInt64(row[at])
                        at += 1
                    }
                    var sum = middle &* full &+ UInt64(row[span.first]) &* span.firstWeight
                    if span.last > span.first { sum &+= UInt64(row[span.last]) &* span.lastWeight }
                    line[column] = sum
                }
            }
        }
    }

    private mutating func reduceColour(_ row: UnsafePointer<UInt8>) {
        let full = UInt64(target.width)
        line.withUnsafeMutableBufferPointer { line in
            columns.withUnsafeBufferPointer { columns in
                for column in 0..<columns.count {
                    let span = columns[column]
                    var middle = SIMD4<UInt64>()
                    var pixel = row + (span.first + 1) * 3
                    let first = row + span.first * 3, last = row + span.last * 3
                    while pixel < last {
                        middle &+= SIMD4(UInt64(pixel[0]), UInt64(pixel[1]), UInt64(pixel[2]), 0)
                        pixel += 3
                    }
                    for channel in 0..<3 {
                        var sum = middle[channel] &* full &+ UInt64(first[channel]) &* span.firstWeight
                        if span.last > span.first { sum &+= UInt64(last[channel]) &* span.lastWeight }
                        line[column * 3 + channel] = sum
                    }
                }
            }
        }
    }

    private mutating func accumulate(weight: Int) {
        let weight = UInt64(weight)
        line.withUnsafeBufferPointer { line in
            sums.withUnsafeMutableBufferPointer { sums in
                for index in 0..<sums.count { sums[index] &+= line[index] &* weight }
            }
        }
    }

    private mutating func emit() {
        let total = UInt64(source.width) * UInt64(source.height)
        for index in 0..<sums.count {
            let value = UInt8((sums[index] + total / 2) / total)
            pixels.append(value)
            if layout.channels == 1 {
                pixels.append(value)
                pixels.append(value)
            }
            sums[index] = 0
        }
        targetRow += 1
    }
}

