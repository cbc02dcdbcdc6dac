/// Where each statistic lies among the `Channel.count` numbers of a cell.
enum Channel {
    /// Unsigned gradient directions, weighted by the square root of the contrast.
    static let orientation = 0..<GradientBinning.orientations
    /// Directions of edges, each pixel counting alike whatever its contrast.
    static let direction = orientation.upperBound..<orientation.upperBound + GradientBinning.directions
    static let colour = direction.upperBound..<direction.upperBound + ColourBinning.count
    /// Local binary patterns at full and at half resolution.
    static let fineTexture = colour.upperBound..<colour.upperBound + LocalBinaryPattern.count
    static let broadTexture = fineTexture.upperBound..<fineTexture.upperBound + LocalBinaryPattern.count
    /// Sum of saliency, 0 to 255 per pixel.
    static let saliency = broadTexture.upperBound
    /// Pixels of ink.
    static let ink = saliency + 1
    /// Pixels with a gradient above the floor.
    static let edges = saliency + 2
    /// Sum of (largest - smallest channel) over the pixels.
    static let chroma = saliency + 3
    /// Pixels of the subject, its inside filled.
    static let silhouette = saliency + 4
    static let count = saliency + 5
}
