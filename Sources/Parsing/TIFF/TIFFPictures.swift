import Documents

/// The pages of a TIFF file.
struct TIFFPictures {
    let bytes: ContentBytes
    let limits: ParsingLimits

    /// Describes all pages and makes sure that the pixels of each decode.
    func pages() throws(ParsingFailure) -> [PageImage] {
        let file = try TIFFFile(bytes, limits: limits)
        var pages = file.pages
        for index in pages.indices { pages[index].warning = try file.decode(page: pages[index].number, longestSide: 1).warning }
        return pages
    }

    func bitmap(page: Int, longestSide: Int) throws(ParsingFailure) -> Bitmap {
        try TIFFFile(bytes, limits: limits).decode(page: page, longestSide: longestSide).bitmap
    }
}
