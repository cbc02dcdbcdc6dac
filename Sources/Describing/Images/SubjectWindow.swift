/// A square around the subject of a box: centred on its centre of gravity, as large as its spread asks for.
///
/// A map taken there is the same wherever the subject stands in the box and however large it is.
struct SubjectWindow {
    private let statistics: CellStatistics
    private let frame: Frame

    /// A filled square of side a has the spread 0.29 a; 2.2 spreads to each side leave it a margin of a quarter.
    private static let spreads: Float = 2.2

    init(of statistics: CellStatistics, in frame: Frame) {
        self.statistics = statistics
        let side = Float(CellStatistics.cellSide)
        let columns = Self.cells(frame.centreX, frame.width, statistics.columns)
        let rows = Self.cells(frame.centreY, frame.height, statistics.rows)
        // Whole numbers, so exact.
        var mass = 0, sumX = 0, sumY = 0, squares = 0
        for y in rows {
            for x in columns {
                let value = Int(statistics.cell(Channel.silhouette, column: x, row: y))
                mass += value
                sumX += value * x
                sumY += value * y
                squares += value * (x * x + y * y)
            }
        }
        guard mass > 0 else {
            self.frame = frame
            return
        }
        let meanX = Float(sumX) / Float(mass), meanY = Float(sumY) / Float(mass)
        let spread = max(0.25, (Float(squares) / Float(mass) - meanX * meanX - meanY * meanY) / 2).squareRoot()
        self.frame = Frame(
            centreX: (meanX + 0.5) * side, centreY: (meanY + 0.5) * side, width: 2 * Self.spreads * spread * side,
            height: 2 * Self.spreads * spread * side)
    }

    /// `mapSide x mapSide` sums of one channel, row-major.
    func map(_ channel: Int) -> [Float] {
        frame.cellSums(channel, side: BoxDescription.mapSide, of: statistics)
    }

    /// The cells whose centre lies between the frame's sides.
    private static func cells(_ centre: Float, _ extent: Float, _ count: Int) -> Range<Int> {
        let side = Float(CellStatistics.cellSide)
        let first = min(count - 1, max(0, Int(((centre - extent / 2) / side).rounded())))
        let end = min(count, max(first + 1, Int(((centre + extent / 2) / side).rounded())))
        return first..<end
    }
}
