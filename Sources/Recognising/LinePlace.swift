/// Where a line of print stands on a page, in pixels.
struct LinePlace {
    let left: Int, top: Int, right: Int, bottom: Int

    var height: Int { bottom - top }

    /// How much to enlarge a page with these lines so that it is read best as one block; `nil` for one that may have columns or pictures.
    ///
    /// A page of short lines that follow each other without a gap has one column: a receipt, a label, a slip. Reading it as a block keeps
    /// a name and its price in one line, and finds lines that look like nothing by themselves; around a picture it finds lines where
    /// none are. Measured on receipts of SROIE: .77 of the words as a page, .84 as a block, .86 enlarged and smoothed.
    ///
    /// `longestSide`, the longer side of the page, is not enlarged beyond `PageScale.longestSide`: little print on a large page would take
    /// memory without end.
    static func enlargementOfColumn(_ places: [LinePlace], longestSide: Int) -> Double? {
        let across = places.filter { $0.right - $0.left > $0.height && $0.height > 0 }
        guard across.count >= leastLines, across.count * 2 > places.count else { return nil }
        let height = across.map(\.height).sorted()[across.count / 2]
        let width = (places.map(\.right).max() ?? 0) - (places.map(\.left).min() ?? 0)
        guard width <= height * longestLine, widestGap(places) <= height * widestGap else { return nil }
        let most = min(mostEnlarged, Double(PageScale.longestSide) / Double(max(1, longestSide)))
        return max(1, min(most, Double(bestHeight) / Double(height)))
    }

    private static func widestGap(_ places: [LinePlace]) -> Int {
        var gap = 0, end: Int?
        for place in places.sorted(by: { $0.top < $1.top }) {
            gap = max(gap, place.top - (end ?? place.top))
            end = max(end ?? 0, place.bottom)
        }
        return gap
    }

    private static let leastLines = 5
    /// In heights of lines: some 70 letters.
    private static let longestLine = 32
    /// In heights of lines: more than a blank line or two, less than a picture.
    private static let widestGap = 6
    /// Pixels: what is higher is read as well, what is lower is not.
    private static let bestHeight = 28
    private static let mostEnlarged = 2.0
}
