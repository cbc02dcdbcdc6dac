/// The two sides of a picture, in pixels.
struct PixelSize: Equatable {
    var width: Int
    var height: Int

    /// The size with the same shape whose longer side is at most `longestSide`; never larger than this one.
    func fitting(longestSide: Int) -> PixelSize {
        let longer = max(width, height)
        guard longer > longestSide else { return self }
        let limit = max(1, longestSide)
        return PixelSize(
            width: max(1, (width * limit + longer / 2) / longer), height: max(1, (height * limit + longer / 2) / longer))
    }
}
