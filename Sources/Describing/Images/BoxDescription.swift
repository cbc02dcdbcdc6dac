/// Makes the numbers of one box, a page's content or a region, from the sums over its cells.
struct BoxDescription {
    /// Sides of the spatial pyramid, coarse to fine (Lazebnik, Schmid, Ponce, CVPR 2006).
    static let pyramid = [1, 2, 4]
    static let mapSide = 12
    static let dimension = Block.all.reduce(0) { $0 + $1.count }

    let statistics: CellStatistics
    let box: PixelBox

    /// The blocks in their order; each gets unit length (or zeros when it saw nothing), then its weight.
    enum Block: Equatable {
        /// 9 weighted directions per cell of the pyramid level.
        case orientation(side: Int)
        /// 4 counted directions per cell of the pyramid level.
        case direction(side: Int)
        case colour(side: Int), fineTexture(side: Int), broadTexture(side: Int)
        /// `mapSide x mapSide` share of the subject, and of the edges, around the subject's centre.
        case silhouette, edges
        /// Six shares, each spread over `Globals.bins` bins.
        case globals

        static let all: [Block] =
            pyramid.map { .orientation(side: $0) } + pyramid.map { .direction(side: $0) } + [
                .colour(side: 1), .colour(side: 2), .fineTexture(side: 1), .fineTexture(side: 2), .broadTexture(side: 1),
                .broadTexture(side: 2), .silhouette, .edges, .globals,
            ]

        var count: Int {
            switch self {
            case .orientation(let side): side * side * Channel.orientation.count
            case .direction(let side): side * side * Channel.direction.count
            case .colour(let side): side * side * Channel.colour.count
            case .fineTexture(let side): side * side * Channel.fineTexture.count
            case .broadTexture(let side): side * side * Channel.broadTexture.count
            case .silhouette, .edges: mapSide * mapSide
            case .globals: 6 * Globals.bins
            }
        }

        /// Squared share of the whole vector; the shares of `all` sum to 1.
        var share: Float {
            switch self {
            case .orientation(let side): side == 4 ? 0.24 : side == 2 ? 0.10 : 0.04
            case .direction(let side): side == 4 ? 0.06 : side == 2 ? 0.03 : 0.01
            case .colour(let side): side == 1 ? 0.10 : 0.06
            case .fineTexture(let side): side == 1 ? 0.05 : 0.03
            case .broadTexture(let side): side == 1 ? 0.05 : 0.03
            case .silhouette: 0.10
            case .edges: 0.07
            case .globals: 0.03
            }
        }
    }

    /// Writes `dimension` finite numbers, the vector at most of unit length.
    func append(to result: inout [Float]) {
        let frame = Self.widened(box)
        var sums = frame.cellSums(side: 4, of: statistics)
        var levels: [Int: [Float]] = [4: sums]
        for side in [2, 1] {
            sums = Self.halved(sums, side: side)
            levels[side] = sums
        }
        let window = SubjectWindow(of: statistics, in: frame)
        for block in Block.all {
            var numbers: [Float]
            switch block {
            case .orientation(let side):
                numbers = Self.pick(Channel.orientation, levels[side]!)
                // Dalal and Triggs, CVPR 2005, section 6.4: clip at 0.2, for 16 cells; fewer cells hold more each.
                Self.normalise(&numbers)
                let limit = 0.8 / Float(side)
                for i in numbers.indices { numbers[i] = min(numbers[i], limit) }
            case .direction(let side):
                numbers = Self.squareRoots(Self.pick(Channel.direction, levels[side]!))
            case .colour(let side):
                numbers = Self.squareRoots(Self.pick(Channel.colour, levels[side]!))
            case .fineTexture(let side):
                numbers = Self.squareRoots(Self.pick(Channel.fineTexture, levels[side]!))
            case .broadTexture(let side):
                numbers = Self.squareRoots(Self.pick(Channel.broadTexture, levels[side]!))
            case .silhouette:
                numbers = Self.squareRoots(window.map(Channel.silhouette))
            case .edges:
                numbers = Self.squareRoots(window.map(Channel.edges))
            case .globals:
                numbers = Globals(sums: levels[1]!, box: box).numbers
            }
            Self.normalise(&numbers)
            let weight = block.share.squareRoot()
            for number in numbers { result.append(number * weight) }
        }
    }

    /// Room for the slopes outside the outline; a rod or a cable gets a quarter of its length as breadth.
    private static func widened(_ box: PixelBox) -> Frame {
        let long = max(box.width, box.height)
        let width = max(box.width + 4, max(16, long / 4)), height = max(box.height + 4, max(16, long / 4))
        return Frame(
            centreX: Float(box.left + box.right) / 2, centreY: Float(box.top + box.bottom) / 2, width: Float(width), height: Float(height))
    }

    /// From `2 side x 2 side` cells to `side x side`.
    private static func halved(_ sums: [Float], side: Int) -> [Float] {
        var result = [Float](repeating: 0, count: side * side * Channel.count)
        for y in 0..<2 * side {
            for x in 0..<2 * side {
                let from = (y * 2 * side + x) * Channel.count, to = (y / 2 * side + x / 2) * Channel.count
                for channel in 0..<Channel.count { result[to + channel] += sums[from + channel] }
            }
        }
        return result
    }

    private static func pick(_ channels: Range<Int>, _ sums: [Float]) -> [Float] {
        var result: [Float] = []
        result.reserveCapacity(sums.count / Channel.count * channels.count)
        for start in stride(from: 0, to: sums.count, by: Channel.count) {
            result.append(contentsOf: sums[start + channels.lowerBound..<start + channels.upperBound])
        }
        return result
    }

    /// The Hellinger map: the dot product of two such vectors of unit length is the Bhattacharyya coefficient.
    private static func squareRoots(_ numbers: [Float]) -> [Float] {
        numbers.map { $0.squareRoot() }
    }

    static func normalise(_ numbers: inout [Float]) {
        var square: Float = 0
        for number in numbers { square += number * number }
        // Less than one pixel's worth is rounding at the border of the box, not content.
        guard square > 1e-6 else {
            for i in numbers.indices { numbers[i] = 0 }
            return
        }
        let factor = 1 / square.squareRoot()
        for i in numbers.indices { numbers[i] *= factor }
    }
}
