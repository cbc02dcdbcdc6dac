/// Pixels per unit of length in both directions, of which only the relation counts: fax machines scan twice as fine across as down.
struct PixelDensity: Equatable {
    var across: Double
    var down: Double

    /// What rounding makes of square pixels, as 118 and 118.11 per centimetre.
    private static let leastRelation = 1.01
    /// More is a slip of the writer, such as 300 across and a default of 72 down.
    private static let greatestRelation = 4.0

    /// How many times finer one direction is than the other; `nil` for square pixels and for claims that cannot be meant.
    private var relation: Double? {
        guard across > 0, down > 0, across.isFinite, down.isFinite else { return nil }
        let relation = max(across, down) / min(across, down)
        return relation > Self.leastRelation && relation <= Self.greatestRelation ? relation : nil
    }

    /// The size with square pixels: more in the coarser direction, or, where that would pass the limits, fewer in the finer one.
    func square(_ size: PixelSize, within limits: ParsingLimits) -> (size: PixelSize, density: Double) {
        guard let relation else { return (size, across) }
        func scaled(_ side: Int, _ factor: Double) -> Int { max(1, Int((Double(side) * factor).rounded())) }
        var square = size
        if across > down { square.height = scaled(size.height, relation) } else { square.width = scaled(size.width, relation) }
        if (try? limits.check(square)) != nil { return (square, max(across, down)) }
        square = size
        if across > down { square.width = scaled(size.width, 1 / relation) } else { square.height = scaled(size.height, 1 / relation) }
        return (square, min(across, down))
    }
}
