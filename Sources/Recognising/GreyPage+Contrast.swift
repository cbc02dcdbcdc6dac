extension GreyPage {
    /// The page with the same contrast everywhere: each pixel is compared with what is usual within `reach` of it, so that pale print,
    /// shadows and stained ground come out black on white. Ground without print stays white. Takes one byte of memory a pixel while it is
    /// made, beside the two pages: far less than the engine, which `TextRecogniser.recognise` counts. Time linear in the pixels.
    var withEvenContrast: GreyPage {
        let smooth = smoothed.values
        let (width, height) = (width, height)
        let values = [UInt8](unsafeUninitializedCapacity: width * height) { room, filled in
            // Sums over the rows of the window, for each column; the edge is repeated outwards.
            var sums = [Int](repeating: 0, count: width), squares = sums
            func add(_ y: Int, _ sign: Int) {
                let row = min(height - 1, max(0, y)) * width
                for x in 0..<width {
                    let value = Int(smooth[row + x])
                    sums[x] += sign * value
                    squares[x] += sign * value * value
                }
            }
            for y in -Self.reach...Self.reach { add(y, 1) }
            let count = Float((2 * Self.reach + 1) * (2 * Self.reach + 1))
            for y in 0..<height {
                var sum = 0, square = 0
                for x in -Self.reach...Self.reach {
                    sum += sums[min(width - 1, max(0, x))]
                    square += squares[min(width - 1, max(0, x))]
                }
                for x in 0..<width {
                    let mean = Float(sum) / count
                    let deviation = max(Self.leastDeviation, max(0, Float(square) / count - mean * mean).squareRoot())
                    let difference = (Float(smooth[y * width + x]) - mean) / deviation
                    room[y * width + x] = UInt8(min(255, max(0, 255 * (1 + difference / Self.blackDeviations))))
                    let next = min(width - 1, x + Self.reach + 1), last = max(0, x - Self.reach)
                    sum += sums[next] - sums[last]
                    square += squares[next] - squares[last]
                }
                add(y + Self.reach + 1, 1)
                add(y - Self.reach, -1)
            }
            filled = width * height
        }
        return GreyPage(width: width, height: height, values: values)
    }

    /// Pixels: more than a line of print is high at `PageScale`.
    private static let reach = 25
    /// Of grey: what varies less is paper.
    private static let leastDeviation: Float = 10
    /// So many deviations below the mean is black.
    private static let blackDeviations: Float = 2.5

    /// Means of 3 x 3 pixels: the dots of a printer become strokes, noise becomes less.
    var smoothed: GreyPage {
        let made = [UInt8](unsafeUninitializedCapacity: width * height) { room, filled in
            for y in 0..<height {
                let above = max(0, y - 1) * width, here = y * width, below = min(height - 1, y + 1) * width
                func column(_ x: Int) -> Int { Int(values[above + x]) + Int(values[here + x]) + Int(values[below + x]) }
                var left = column(0), middle = left
                for x in 0..<width {
                    let right = column(min(width - 1, x + 1))
                    room[here + x] = UInt8((left + middle + right + 4) / 9)
                    (left, middle) = (middle, right)
                }
            }
            filled = width * height
        }
        return GreyPage(width: width, height: height, values: made)
    }

    /// The page with `factor` times as many pixels a side, at least 1: between four of them each new one is weighed (bilinear).
    func enlarged(by factor: Double) -> GreyPage {
        guard factor > 1 else { return self }
        let (width, height) = (Int((Double(self.width) * factor).rounded()), Int((Double(self.height) * factor).rounded()))
        let columns = Self.steps(from: self.width, to: width), rows = Self.steps(from: self.height, to: height)
        let made = [UInt8](unsafeUninitializedCapacity: width * height) { room, filled in
            for y in 0..<height {
                let (above, below, down) = (rows[y].first * self.width, rows[y].second * self.width, rows[y].weight)
                for x in 0..<width {
                    let (left, right, across) = columns[x]
                    let upper = Int(values[above + left]) * (256 - across) + Int(values[above + right]) * across
                    let lower = Int(values[below + left]) * (256 - across) + Int(values[below + right]) * across
                    room[y * width + x] = UInt8((upper * (256 - down) + lower * down + (1 << 15)) >> 16)
                }
            }
            filled = width * height
        }
        return GreyPage(width: width, height: height, values: made)
    }

    /// For each of `count` new places the two old ones it lies between, and how much of the second it takes, in 1/256.
    private static func steps(from old: Int, to count: Int) -> [(first: Int, second: Int, weight: Int)] {
        (0..<count).map { place in
            let middle = min(Double(old - 1), max(0, (Double(place) + 0.5) * Double(old) / Double(count) - 0.5))
            let first = Int(middle)
            return (first, min(old - 1, first + 1), Int((middle - Double(first)) * 256))
        }
    }
}
