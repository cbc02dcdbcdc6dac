import Documents

extension RowReducer {
    /// Draws all rows from `read` (which fills at most the asked number of rows and says how many) and reduces them.
    ///
    /// `target` may be larger than `source` in a direction whose pixels are too long: there each counts several times before the reduction.
    static func reduce(
        source: PixelSize, target: PixelSize, layout: RowLayout,
        read: (UnsafeMutablePointer<UInt8>, UInt32) throws(ParsingFailure) -> Int
    ) throws(ParsingFailure) -> Bitmap {
        let across = (target.width + source.width - 1) / source.width
        let down = (target.height + source.height - 1) / source.height
        let drawn = PixelSize(width: source.width * across, height: source.height * down)
        let widened = across > 1 ? RowWidener(source.width, times: across, layout) : nil
        var reducer = RowReducer(source: drawn, target: target, layout: widened?.layout ?? layout)
        let rowBytes = layout.bytes(width: source.width)
        let batch = max(1, min(source.height, (256 << 10) / rowBytes))
        let rows = UnsafeMutablePointer<UInt8>.allocate(capacity: rowBytes * batch)
        defer { rows.deallocate() }
        var done = 0
        while done < source.height {
            let count = try read(rows, UInt32(min(batch, source.height - done)))
            guard count > 0 else { throw ParsingFailure(.damaged, "rows are missing after row \(done) of \(source.height)") }
            for index in 0..<count {
                let row = rows + index * rowBytes
                for _ in 0..<down {
                    if let widened { widened.withWide(row) { reducer.add($0) } } else { reducer.add(row) }
                }
            }
            done += count
        }
        return reducer.finish()
    }
}

/// Rows in which each pixel stands several times.
private struct RowWidener {
    private let width: Int
    private let times: Int
    private let stored: RowLayout
    /// Bits become grey.
    var layout: RowLayout { stored == .bits ? .grey : stored }

    init(_ width: Int, times: Int, _ layout: RowLayout) { (self.width, self.times, stored) = (width, times, layout) }

    func withWide(_ row: UnsafePointer<UInt8>, _ body: (UnsafePointer<UInt8>) -> Void) {
        let channels = layout.channels
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: width * times * channels) { wide in
            var at = 0
            for x in 0..<width {
                for _ in 0..<times {
                    for channel in 0..<channels {
                        wide[at] = stored == .bits ? (row[x / 8] >> UInt8(7 - x % 8) & 1) * 255 : row[x * channels + channel]
                        at += 1
                    }
                }
            }
            if let start = wide.baseAddress { body(start) }
        }
    }
}
