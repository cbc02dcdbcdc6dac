import Documents

extension RowReducer {
    /// Draws all rows from `read` (which fills at most the asked number of rows and says how many) and reduces them.
    static func reduce(
        source: PixelSize, target: PixelSize, layout: RowLayout,
        read: (UnsafeMutablePointer<UInt8>, UInt32) throws(ParsingFailure) -> Int
    ) throws(ParsingFailure) -> Bitmap {
        var reducer = RowReducer(source: source, target: target, layout: layout)
        let rowBytes = layout.bytes(width: source.width)
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
