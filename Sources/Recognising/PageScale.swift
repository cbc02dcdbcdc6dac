/// At which size a page is read.
public enum PageScale {
    /// Print of 8 points is read best here: at 300 dots per inch more characters come out wrong, at 150 many more.
    public static let dotsPerInch = 200
    /// Pixels of the longer side at most: A1 with letters of 8 points, in 370 MB.
    public static let longestSide = 5_000

    /// The longer side, in pixels, that a stored page of `width` x `height` is decoded to; not more than it has.
    ///
    /// `storedDotsPerInch` is what its file claims. 72 and 96 are what programs write who do not know, so nothing below 100 counts.
    public static func longestSide(width: Int, height: Int, storedDotsPerInch: Int?) -> Int {
        let longer = max(width, height)
        guard let stored = storedDotsPerInch, stored >= 100 else { return min(longer, longestSide) }
        return min(longer, longestSide, max(1, longer * dotsPerInch / max(stored, dotsPerInch)))
    }
}
