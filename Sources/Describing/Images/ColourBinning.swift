/// Soft joint histogram of hue, chroma and value, with greys apart: 48 chromatic and 6 achromatic bins.
enum ColourBinning {
    static let hues = 12
    static let greys = 6
    /// `hues` x 2 values x 2 chromas, then the greys.
    static let count = hues * 4 + greys
    /// One pixel of full weight adds this much in all.
    static let unit: Float = 256

    /// Adds one colour, at most `weight` x `unit` in all, to the `count` channels that start at `base`.
    static func add(red: Float, green: Float, blue: Float, weight: Float, to sums: inout [Int32], at base: Int) {
        let largest = max(red, max(green, blue)), smallest = min(red, min(green, blue))
        let chroma = largest - smallest
        let whole = weight * unit
        // JPEG blurs colour, so weak chroma says little: greys fade into colours between 16 and 48.
        let chromatic = min(1, max(0, (chroma - 16) / 32))

        if chromatic < 1 {
            let place = (red + green + blue) / 3 / 255 * Float(greys - 1)
            let lower = min(greys - 2, Int(place))
            let share = place - Float(lower)
            let grey = whole * (1 - chromatic)
            sums[base + hues * 4 + lower] += Int32(grey * (1 - share))
            sums[base + hues * 4 + lower + 1] += Int32(grey * share)
        }
        guard chromatic > 0 else { return }
        var sixth: Float
        if largest == red {
            sixth = (green - blue) / chroma
        } else if largest == green {
            sixth = 2 + (blue - red) / chroma
        } else {
            sixth = 4 + (red - green) / chroma
        }
        if sixth < 0 { sixth += 6 }
        let place = sixth / 6 * Float(hues)
        let first = Int(place) % hues
        let second = (first + 1) % hues
        let hueShare = place - place.rounded(.down)
        let bright = min(1, max(0, (largest - 64) / 128))
        let strong = min(1, max(0, (chroma - 48) / 96))
        let colour = whole * chromatic
        for (hue, share) in [(first, 1 - hueShare), (second, hueShare)] {
            let part = colour * share
            sums[base + hue * 4] += Int32(part * (1 - bright) * (1 - strong))
            sums[base + hue * 4 + 1] += Int32(part * (1 - bright) * strong)
            sums[base + hue * 4 + 2] += Int32(part * bright * (1 - strong))
            sums[base + hue * 4 + 3] += Int32(part * bright * strong)
        }
    }
}
