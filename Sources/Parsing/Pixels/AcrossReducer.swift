/// Reduces one row of samples across: each result is the weighted sum of the samples that its column covers.
struct AcrossReducer {
    private let channels: Int
    private let full: UInt64
    /// Per target column: first source column, its weight, last source column, its weight. Columns between weigh `full`.
    private let columns: [(first: Int, firstWeight: UInt64, last: Int, lastWeight: UInt64)]

    init(source: Int, target: Int, channels: Int) {
        self.channels = channels
        full = UInt64(target)
        columns = (0..<target).map { column in
            let start = column * source
            let end = start + source
            let first = start / target
            let last = (end - 1) / target
            // A column of one source column has no last one.
            guard first < last else { return (first, UInt64(source), first, 0) }
            return (first, UInt64((first + 1) * target - start), last, UInt64(end - last * target))
        }
    }

    /// `row` has a sample per source column and channel, `line` a sum per target column and channel.
    @inline(__always)
    func reduce<Sample: FixedWidthInteger & UnsignedInteger>(_ row: UnsafePointer<Sample>, scale: UInt64, into line: inout [UInt64]) {
        precondition(line.count == columns.count * channels)
        line.withUnsafeMutableBufferPointer { line in
            columns.withUnsafeBufferPointer { columns in
                if channels == 1 {
                    for column in 0..<columns.count {
                        let span = columns[column]
                        var middle: UInt64 = 0
                        var at = span.first + 1
                        while at < span.last {
                            middle &+= UInt64(row[at])
                            at += 1
                        }
                        let edges = UInt64(row[span.first]) &* span.firstWeight &+ UInt64(row[span.last]) &* span.lastWeight
                        line[column] = (middle &* full &+ edges) &* scale
                    }
                } else {
                    for column in 0..<columns.count {
                        let span = columns[column]
                        var red: UInt64 = 0
                        var green: UInt64 = 0
                        var blue: UInt64 = 0
                        let first = row + span.first * 3
                        let last = row + span.last * 3
                        var pixel = first + 3
                        while pixel < last {
                            red &+= UInt64(pixel[0])
                            green &+= UInt64(pixel[1])
                            blue &+= UInt64(pixel[2])
                            pixel += 3
                        }
                        let at = column * 3
                        line[at] = red &* full &+ UInt64(first[0]) &* span.firstWeight &+ UInt64(last[0]) &* span.lastWeight
                        line[at + 1] = green &* full &+ UInt64(first[1]) &* span.firstWeight &+ UInt64(last[1]) &* span.lastWeight
                        line[at + 2] = blue &* full &+ UInt64(first[2]) &* span.firstWeight &+ UInt64(last[2]) &* span.lastWeight
                    }
                }
            }
        }
    }
}
