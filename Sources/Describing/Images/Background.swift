import Documents

/// What surrounds the picture's subject, judged by the border of the bitmap: paper of a scan, backdrop of a photograph.
struct Background {
    /// Median R, G, B of the border, paper already made white.
    let colour: (UInt8, UInt8, UInt8)
    /// A pixel stands out when one channel is further than this from `colour`.
    let threshold: Int
    /// Whether it looks like paper: even, light and almost grey.
    let isPaper: Bool
    /// Per channel: 256 values that make paper white, or the identity.
    private let balance: [UInt8]

    /// A saliency from here on means that the pixel is at least `threshold` away.
    static let standsOut: UInt8 = 127

    init(of bitmap: Bitmap) {
        var histogram = [Int](repeating: 0, count: 3 * 256)
        let border = Self.border(width: bitmap.width, height: bitmap.height)
        for pixel in border {
            for channel in 0..<3 { histogram[channel * 256 + Int(bitmap.pixels[pixel * 3 + channel])] += 1 }
        }
        let median = (0..<3).map { Self.quantile(histogram[$0 * 256..<($0 + 1) * 256], of: border.count, share: 2) }

        var distances = [Int](repeating: 0, count: 256)
        for pixel in border {
            var distance = 0
            for channel in 0..<3 { distance = max(distance, abs(Int(bitmap.pixels[pixel * 3 + channel]) - median[channel])) }
            distances[distance] += 1
        }
        // The third quartile ignores a shadow or a staple on one side; a busy border asks for a clearer subject.
        let spread = Self.quantile(distances[0..<256], of: border.count, share: 4)
        threshold = min(88, 28 + 2 * spread)

        // Yellowed paper and a dim lamp colour everything alike: divide by the paper, as von Kries does.
        isPaper = median.min()! >= 140 && median.max()! - median.min()! <= 64 && spread <= 24
        var balance = [UInt8](repeating: 0, count: 3 * 256)
        for channel in 0..<3 {
            for value in 0..<256 {
                let white = isPaper ? min(255, (value * 255 + median[channel] / 2) / median[channel]) : value
                balance[channel * 256 + value] = UInt8(white)
            }
        }
        self.balance = balance
        colour = (balance[median[0]], balance[256 + median[1]], balance[512 + median[2]])
    }

    /// The pixels with paper made white.
    func balanced(_ pixels: [UInt8]) -> [UInt8] {
        var result = pixels
        for i in 0..<pixels.count / 3 {
            result[i * 3] = balance[Int(pixels[i * 3])]
            result[i * 3 + 1] = balance[256 + Int(pixels[i * 3 + 1])]
            result[i * 3 + 2] = balance[512 + Int(pixels[i * 3 + 2])]
        }
        return result
    }

    /// Distance of each balanced pixel: 0 up to half a threshold, 127 at the threshold, 255 from one and a half on.
    func saliency(_ pixels: [UInt8]) -> [UInt8] {
        let table = (0..<256).map { UInt8(min(255, max(0, $0 - threshold / 2) * 255 / threshold)) }
        let red = Int(colour.0), green = Int(colour.1), blue = Int(colour.2)
        var result = [UInt8](repeating: 0, count: pixels.count / 3)
        for i in result.indices {
            let distance = max(
                abs(Int(pixels[i * 3]) - red), abs(Int(pixels[i * 3 + 1]) - green), abs(Int(pixels[i * 3 + 2]) - blue))
            result[i] = table[distance]
        }
        return result
    }

    /// Pixel numbers of the outermost ring; every pixel once.
    private static func border(width: Int, height: Int) -> [Int] {
        var border: [Int] = []
        for y in 0..<height {
            if y == 0 || y == height - 1 {
                border.append(contentsOf: y * width..<(y + 1) * width)
            } else {
                border.append(y * width)
                if width > 1 { border.append(y * width + width - 1) }
            }
        }
        return border
    }

    /// The value that all but one `share`-th of the counted values reach at most.
    private static func quantile(_ histogram: ArraySlice<Int>, of count: Int, share: Int) -> Int {
        var left = count - count / share
        for (value, bin) in histogram.enumerated() {
            left -= bin
            if left <= 0 { return value }
        }
        return histogram.count - 1
    }
}
