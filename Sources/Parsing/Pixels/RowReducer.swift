import Documents

/// Reduces a picture while its rows arrive, so that memory follows the small picture and not the stored one.
///
/// Each pixel of the result is the mean of the area it covers, in whole numbers: the same bytes on every machine, and a
/// mirrored picture gives the mirrored result.
struct RowReducer {
    private let source: PixelSize
    private let target: PixelSize
    private let channels: Int
    /// Per target column: first source column, its weight, last source column, its weight. Columns between weigh `target.width`.
    private let columns: [(first: Int, firstWeight: UInt64, last: Int, lastWeight: UInt64)]
    private var line: [UInt64]
    private var sums: [UInt64]
    private var pixels: [UInt8] = []
    private var sourceRow = 0
    private var targetRow = 0

    /// Takes rows of `source.width * channels` bytes; `channels` is 1 (grey) or 3 (RGB), `target` is not larger than `source`.
    init(source: PixelSize, target: PixelSize, channels: Int) {
        precondition(target.width <= source.width && target.height <= source.height && (channels == 1 || channels == 3))
        self.source = source
        self.target = target
        self.channels = channels
        let width = target.width
        columns = (0..<width).map { column in
            let start = column * source.width
            let end = start + source.width
            let first = start / width
            let last = (end - 1) / width
            let firstWeight = first == last ? source.width : (first + 1) * width - start
            return (first, UInt64(firstWeight), last, UInt64(end - last * width))
        }
        line = Array(repeating: 0, count: width * channels)
        sums = line
        pixels.reserveCapacity(width * target.height * 3)
    }

    /// Adds `source.width * channels` bytes, the next row.
    mutating func add(_ row: UnsafePointer<UInt8>) {
        precondition(sourceRow < source.height, "more rows than the picture has")
        reduce(row)
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

    private mutating func reduce(_ row: UnsafePointer<UInt8>) {
        let full = UInt64(target.width)
        let channels = channels
        line.withUnsafeMutableBufferPointer { line in
            columns.withUnsafeBufferPointer { columns in
                for column in 0..<columns.count {
                    let span = columns[column]
                    for channel in 0..<channels {
                        var middle: UInt64 = 0
                        var at = (span.first + 1) * channels + channel
                        let end = span.last * channels + channel
                        while at < end {
                            middle &+= UInt64(row[at])
                            at += channels
                        }
                        var sum = middle &* full &+ UInt64(row[span.first * channels + channel]) &* span.firstWeight
                        if span.last > span.first { sum &+= UInt64(row[end]) &* span.lastWeight }
                        line[column * channels + channel] = sum
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
            if channels == 1 {
                pixels.append(value)
                pixels.append(value)
            }
            sums[index] = 0
        }
        targetRow += 1
    }
}

extension RowReducer {
    /// Draws all rows from `read` (which fills at most the asked number of rows and says how many) and reduces them.
    static func reduce(
        source: PixelSize, target: PixelSize, channels: Int,
        read: (UnsafeMutablePointer<UInt8>, UInt32) throws(ParsingFailure) -> Int
    ) throws(ParsingFailure) -> Bitmap {
        var reducer = RowReducer(source: source, target: target, channels: channels)
        let rowBytes = source.width * channels
        let batch = max(1, min(source.height, (256 << 10) / rowBytes))
        let rows = UnsafeMutablePointer<UInt8>.allocate(capacity: rowBytes * batch)
        defer { rows.deallocate() }
        var done = 0
        while done < source.height {
            let count = try read(rows, UInt32(min(batch, source.height - done)))
            guard count > 0 else { throw ParsingFailure(.damaged, "rows are missing after row \(done) of \(source.height)") }
            for index in 0..<count { reducer.add(rows + index * rowBytes) }
            done += count
        }
        return reducer.finish()
    }
}
