/// Six shares that hold for a box as a whole, each spread over a few bins so that it may weigh like a histogram.
struct Globals {
    static let bins = 4

    let numbers: [Float]

    /// `sums` are the channel sums of the whole box.
    init(sums: [Float], box: PixelBox) {
        let area = Float(box.area)
        let shares = [
            // -1 is a line across, 1 a line down: halved and moved into 0...1.
            0.5 + 0.5 * Float(box.height - box.width) / Float(box.height + box.width),
            sums[Channel.ink] / area,
            sums[Channel.silhouette] / area,
            2 * sums[Channel.edges] / area,
            sums[Channel.chroma] / area / 128,
            sums[Channel.fineTexture].reduce(0, +) / area,
        ]
        var numbers = [Float](repeating: 0, count: shares.count * Self.bins)
        for (number, share) in shares.enumerated() {
            let place = min(1, max(0, share)) * Float(Self.bins - 1)
            let lower = min(Self.bins - 2, Int(place))
            numbers[number * Self.bins + lower] = (1 - (place - Float(lower))).squareRoot()
            numbers[number * Self.bins + lower + 1] = (place - Float(lower)).squareRoot()
        }
        self.numbers = numbers
    }
}
