/// A rectangle in pixels of the working image that need not lie on the pixel grid nor inside the image.
struct Frame {
    var centreX: Float, centreY: Float, width: Float, height: Float

    /// Sums of all channels over `side x side` equal cells of the frame, row-major, `Channel.count` numbers each, none negative.
    func cellSums(side: Int, of statistics: CellStatistics) -> [Float] {
        let corners = side + 1
        var integral = [Double](repeating: 0, count: corners * corners * Channel.count)
        for y in 0..<corners {
            for x in 0..<corners {
                statistics.corner(x: cornerX(x, of: side), y: cornerY(y, of: side), to: &integral, at: (y * corners + x) * Channel.count)
            }
        }
        var sums = [Float](repeating: 0, count: side * side * Channel.count)
        for y in 0..<side {
            for x in 0..<side {
                let a = (y * corners + x) * Channel.count, c = a + corners * Channel.count
                let to = (y * side + x) * Channel.count
                for channel in 0..<Channel.count {
                    let below = integral[c + Channel.count + channel] - integral[c + channel]
                    let above = integral[a + Channel.count + channel] - integral[a + channel]
                    sums[to + channel] = Self.clean(below - above)
                }
            }
        }
        return sums
    }

    /// Sums of one channel over `side x side` equal cells of the frame, row-major, none negative.
    func cellSums(_ channel: Int, side: Int, of statistics: CellStatistics) -> [Float] {
        let corners = side + 1
        var integral = [Double](repeating: 0, count: corners * corners)
        for y in 0..<corners {
            for x in 0..<corners { integral[y * corners + x] = statistics.corner(channel, x: cornerX(x, of: side), y: cornerY(y, of: side)) }
        }
        var sums = [Float](repeating: 0, count: side * side)
        for y in 0..<side {
            for x in 0..<side {
                let a = y * corners + x, c = a + corners
                sums[y * side + x] = Self.clean(integral[c + 1] - integral[c] - (integral[a + 1] - integral[a]))
            }
        }
        return sums
    }

    /// Interpolation leaves a rounding error where nothing is.
    private static func clean(_ sum: Double) -> Float { sum < 1e-4 ? 0 : Float(sum) }

    /// In cells of the statistics.
    private func cornerX(_ number: Int, of side: Int) -> Float {
        (centreX + width * (Float(number) / Float(side) - 0.5)) / Float(CellStatistics.cellSide)
    }

    private func cornerY(_ number: Int, of side: Int) -> Float {
        (centreY + height * (Float(number) / Float(side) - 0.5)) / Float(CellStatistics.cellSide)
    }
}
