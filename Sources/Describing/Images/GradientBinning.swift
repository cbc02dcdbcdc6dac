/// Direction and weight of one gradient, without calls to the C math library (whose last bit differs between machines).
struct GradientBinning {
    static let orientations = 9
    static let directions = 4
    /// Contrast (grey levels between the two neighbours) below which a slope is paper grain or sensor noise.
    static let floor: Float = 8

    /// Square root of the contrast above the floor: an outline of a drawing and the edge of a photographed part then
    /// differ by less. Zero when there is no edge.
    let weight: Float
    /// Direction in [0, 1) of a half turn; 0 is a gradient along x.
    let turn: Float

    /// `x` and `y` are differences on the plane `smooth`, 16 units to a grey level.
    init(x: Int32, y: Int32) {
        let dx = Float(x) / 16, dy = Float(y) / 16
        let contrast = (dx * dx + dy * dy).squareRoot()
        guard contrast > Self.floor else {
            weight = 0
            turn = 0
            return
        }
        weight = (contrast - Self.floor).squareRoot()
        turn = Self.turn(dx, dy)
    }

    /// Splits `turn` between the two nearest of `bins` bins (bin b is centred on (b + 0.5) / bins); `share` is the upper bin's.
    func split(into bins: Int) -> (lower: Int, upper: Int, share: Float) {
        let place = turn * Float(bins) - 0.5
        let below = place.rounded(.down)
        let lower = Int(below)
        return (lower < 0 ? bins - 1 : lower, lower + 1 == bins ? 0 : lower + 1, place - below)
    }

    /// Angle of the line through (x, y) as a share of a half turn; error below 0.0005.
    ///
    /// Polynomial for the arc tangent on [0, 1]: Abramowitz and Stegun, Handbook of Mathematical Functions, 4.4.47.
    static func turn(_ x: Float, _ y: Float) -> Float {
        let width = abs(x), height = abs(y)
        let slope = min(width, height) / max(width, height)
        let square = slope * slope
        var angle = slope * (0.9998660 + square * (-0.3302995 + square * (0.1801410 + square * (-0.0851330 + square * 0.0208351))))
        if height > width { angle = .pi / 2 - angle }
        if (x < 0) != (y < 0), y != 0 { angle = .pi - angle }
        let turn = angle / .pi
        return turn < 1 ? turn : 0
    }
}
