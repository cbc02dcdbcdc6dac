public import Documents

/// Describes a page image by hand-made numbers: no weights, nothing learned, the same on every run, process and thread.
///
/// Layout of a vector of `dimension` numbers, whole page and region alike (`BoxDescription.Block` is the list):
///
/// | block | numbers | squared share |
/// |---|---|---|
/// | gradient directions, 9 per cell, on 1x1, 2x2 and 4x4 cells; clipped (Dalal, Triggs, CVPR 2005, section 6.4) | 189 | 0.38 |
/// | counted edge directions, 4 per cell, on the same cells | 84 | 0.10 |
/// | hue, chroma, value and greys, 54 per cell, on 1x1 and 2x2 | 270 | 0.16 |
/// | uniform local binary patterns (Ojala et al., PAMI 2002), 59 per cell, on 1x1 and 2x2, at two scales | 590 | 0.16 |
/// | 12 x 12 map of the silhouette, 12 x 12 map of the edges, centred on the subject | 288 | 0.17 |
/// | aspect, ink, silhouette, edges, colourfulness, texture, 4 bins each | 24 | 0.03 |
///
/// A histogram is mapped by the square root; each block has unit length times the root of its share, or is zero when it
/// saw nothing (no edges on a white page); so every number is finite, from 0 to 1, and the vector's length at most 1.
public struct ImageDescriber: Sendable {
    /// Changes when the same pixels give other numbers.
    ///
    /// The parser had a part in the name once; it stays, so that descriptors of then stay valid.
    public static let fingerprint = "image-1.parse-2"
    /// Numbers of one vector.
    public static let dimension = BoxDescription.dimension
    /// Pixels of the longer side that the caller should decode to; a larger bitmap is shrunk first, at a cost.
    public static let longestSide = 320

    public init() {}

    /// The page's content (uniform margins trimmed) and its regions: connected blocks, those with most ink first, and
    /// grids over the content when the blocks are few; at most 16, possibly none.
    ///
    /// Takes any bitmap, 1 x 1 too. Cost: one pass over the pixels, a fixed cost per region, about 6 MB of scratch memory.
    public func describe(_ bitmap: Bitmap) -> ImageDescriptor {
        let image = WorkingImage(bitmap, longestSide: Self.longestSide)
        let statistics = CellStatistics(image)
        let content = (image.isPaper ? SubjectFinder(image).subject(of: image.ink) : nil) ?? RegionFinder.content(of: image)
        let regions = RegionFinder(statistics: statistics, width: image.width, height: image.height).regions(content: content)

        var coarse: [Float] = []
        coarse.reserveCapacity(Self.dimension)
        BoxDescription(statistics: statistics, box: content).append(to: &coarse)
        var fine: [Float] = []
        fine.reserveCapacity(regions.count * Self.dimension)
        for region in regions { BoxDescription(statistics: statistics, box: region).append(to: &fine) }
        return ImageDescriptor(coarse: coarse, regions: regions.map { $0.box(width: image.width, height: image.height) }, fine: fine)
    }
}
