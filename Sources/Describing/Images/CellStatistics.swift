/// Sums of every channel over cells of 4 x 4 pixels, as an integral image: the sum over any box costs four reads per channel.
///
/// Sums are fixed-point integers, so they are exact, whatever the order of adding.
struct CellStatistics {
    static let cellSide = 4
    /// Gradient weights and directions are counted in 1/64.
    static let unit: Float = 64

    let columns: Int
    let rows: Int
    /// `(rows + 1) x (columns + 1) x Channel.count`: at (y, x) the sums over all cells above and left of that corner.
    private let integral: [Int32]
    /// Pixels of ink per cell, `rows x columns`.
    let inkOfCell: [Int32]

    /// One pass over the pixels, then one over the cells.
    init(_ image: WorkingImage) {
        columns = (image.width + Self.cellSide - 1) / Self.cellSide
        rows = (image.height + Self.cellSide - 1) / Self.cellSide
        var sums = [Int32](repeating: 0, count: (rows + 1) * (columns + 1) * Channel.count)
        Self.addGradients(of: image, to: &sums, columns)
        Self.addSaliency(of: image, to: &sums, columns)
        Self.addFineTexture(of: image, to: &sums, columns)
        Self.addHalfResolution(of: image, to: &sums, columns)

        var ink = [Int32](repeating: 0, count: rows * columns)
        for y in 0..<rows {
            for x in 0..<columns { ink[y * columns + x] = sums[((y + 1) * (columns + 1) + x + 1) * Channel.count + Channel.ink] }
        }
        let filled = Silhouette.filled(ink, columns: columns, rows: rows)
        for cell in 0..<rows * columns where filled[cell] {
            let corner = (cell / columns + 1) * (columns + 1) + cell % columns + 1
            sums[corner * Channel.count + Channel.silhouette] = Int32(Self.cellSide * Self.cellSide)
        }
        inkOfCell = ink
        Self.integrate(&sums, columns, rows)
        integral = sums
    }

    /// Writes all channel sums left of and above the point (x, y), in cells, to `result` from `start` on.
    ///
    /// Between corners a cell counts by its covered share; a point outside is moved to the edge.
    func corner(x: Float, y: Float, to result: inout [Double], at start: Int) {
        let place = Place(x: x, y: y, columns, rows)
        let a = place.first * Channel.count
        let b = a + Channel.count
        let c = a + (columns + 1) * Channel.count
        let d = c + Channel.count
        for channel in 0..<Channel.count {
            result[start + channel] =
                place.weights.0 * Double(integral[a + channel]) + place.weights.1 * Double(integral[b + channel])
                + place.weights.2 * Double(integral[c + channel]) + place.weights.3 * Double(integral[d + channel])
        }
    }

    /// One channel's sum left of and above the point (x, y), as `corner(x:y:to:at:)`.
    func corner(_ channel: Int, x: Float, y: Float) -> Double {
        let place = Place(x: x, y: y, columns, rows)
        let a = place.first * Channel.count + channel
        let c = a + (columns + 1) * Channel.count
        return place.weights.0 * Double(integral[a]) + place.weights.1 * Double(integral[a + Channel.count])
            + place.weights.2 * Double(integral[c]) + place.weights.3 * Double(integral[c + Channel.count])
    }

    /// The corner above and left of a point, and the weights of it, its right, its lower and its lower right neighbour.
    private struct Place {
        let first: Int
        let weights: (Double, Double, Double, Double)

        init(x: Float, y: Float, _ columns: Int, _ rows: Int) {
            let x = Double(min(Float(columns), max(0, x))), y = Double(min(Float(rows), max(0, y)))
            let left = min(columns - 1, Int(x)), top = min(rows - 1, Int(y))
            let right = x - Double(left), down = y - Double(top)
            first = top * (columns + 1) + left
            weights = ((1 - right) * (1 - down), right * (1 - down), (1 - right) * down, right * down)
        }
    }

    /// One channel's sum in one cell.
    func cell(_ channel: Int, column: Int, row: Int) -> Int32 {
        let a = (row * (columns + 1) + column) * Channel.count + channel
        let c = a + (columns + 1) * Channel.count
        return integral[c + Channel.count] - integral[c] - integral[a + Channel.count] + integral[a]
    }

    // MARK: The pass over the pixels

    /// Where the sums of the cell with the pixel (x, y) start: the corner right of and below it.
    @inline(__always)
    private static func place(x: Int, y: Int, _ columns: Int) -> Int {
        ((y / cellSide + 1) * (columns + 1) + x / cellSide + 1) * Channel.count
    }

    private static func addGradients(of image: WorkingImage, to sums: inout [Int32], _ columns: Int) {
        let width = image.width, height = image.height
        let plane = image.smooth
        for y in 0..<height {
            let row = y * width, above = max(0, y - 1) * width, below = min(height - 1, y + 1) * width
            for x in 0..<width {
                let gradient = GradientBinning(
                    x: plane[row + min(width - 1, x + 1)] - plane[row + max(0, x - 1)], y: plane[below + x] - plane[above + x])
                guard gradient.weight > 0 else { continue }
                let at = place(x: x, y: y, columns)
                let fine = gradient.split(into: GradientBinning.orientations)
                let weight = gradient.weight * unit
                let upper = Int32(weight * fine.share)
                sums[at + Channel.orientation.lowerBound + fine.upper] += upper
                sums[at + Channel.orientation.lowerBound + fine.lower] += Int32(weight) - upper
                let rough = gradient.split(into: GradientBinning.directions)
                let share = Int32(unit * rough.share)
                sums[at + Channel.direction.lowerBound + rough.upper] += share
                sums[at + Channel.direction.lowerBound + rough.lower] += Int32(unit) - share
                sums[at + Channel.edges] += 1
            }
        }
    }

    private static func addSaliency(of image: WorkingImage, to sums: inout [Int32], _ columns: Int) {
        for y in 0..<image.height {
            for x in 0..<image.width {
                let pixel = y * image.width + x
                let at = place(x: x, y: y, columns)
                sums[at + Channel.saliency] += Int32(image.saliency[pixel])
                if image.ink[pixel] { sums[at + Channel.ink] += 1 }
            }
        }
    }

    private static func addFineTexture(of image: WorkingImage, to sums: inout [Int32], _ columns: Int) {
        guard image.width > 2, image.height > 2 else { return }
        let plane = image.luma
        let bins = LocalBinaryPattern.bins
        for y in 1..<image.height - 1 {
            for x in 1..<image.width - 1 {
                guard let pattern = LocalBinaryPattern.pattern(plane, at: y * image.width + x, width: image.width) else { continue }
                sums[place(x: x, y: y, columns) + Channel.fineTexture.lowerBound + Int(bins[pattern])] += 1
            }
        }
    }

    /// Colour and broad texture, on means of 2 x 2 pixels; an odd last row or column is left out, unless it is the only one.
    private static func addHalfResolution(of image: WorkingImage, to sums: inout [Int32], _ columns: Int) {
        let width = max(1, image.width / 2), height = max(1, image.height / 2)
        let right = image.width > 1 ? 1 : 0, down = image.height > 1 ? image.width : 0
        var luma = [Int32](repeating: 0, count: width * height)
        for y in 0..<height {
            for x in 0..<width {
                let first = 2 * y * image.width + 2 * x
                var red = 0, green = 0, blue = 0, salient = 0
                var grey: Int32 = 0
                for pixel in [first, first + right, first + down, first + down + right] {
                    red += Int(image.pixels[pixel * 3])
                    green += Int(image.pixels[pixel * 3 + 1])
                    blue += Int(image.pixels[pixel * 3 + 2])
                    salient += Int(image.saliency[pixel])
                    grey += image.luma[pixel]
                }
                luma[y * width + x] = grey / 4
                let at = place(x: 2 * x, y: 2 * y, columns)
                sums[at + Channel.chroma] += Int32(max(red, max(green, blue)) - min(red, min(green, blue)))
                // The subject's colours count eight times as much as the background's.
                ColourBinning.add(
                    red: Float(red) / 4, green: Float(green) / 4, blue: Float(blue) / 4, weight: 0.125 + 0.875 * Float(salient) / 1_020,
                    to: &sums, at: at + Channel.colour.lowerBound)
            }
        }
        guard width > 2, height > 2 else { return }
        let bins = LocalBinaryPattern.bins
        for y in 1..<height - 1 {
            for x in 1..<width - 1 {
                guard let pattern = LocalBinaryPattern.pattern(luma, at: y * width + x, width: width) else { continue }
                sums[place(x: 2 * x, y: 2 * y, columns) + Channel.broadTexture.lowerBound + Int(bins[pattern])] += 1
            }
        }
    }

    /// Turns sums of cells into sums over everything above and left.
    private static func integrate(_ sums: inout [Int32], _ columns: Int, _ rows: Int) {
        let stride = (columns + 1) * Channel.count
        for y in 1...rows {
            for i in y * stride + Channel.count..<(y + 1) * stride { sums[i] += sums[i - Channel.count] }
            for i in y * stride..<(y + 1) * stride { sums[i] += sums[i - stride] }
        }
    }
}
