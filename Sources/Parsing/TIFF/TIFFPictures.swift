import Documents

/// The pages of a TIFF file.
struct TIFFPictures {
    let bytes: [UInt8]
    let limits: ParsingLimits

    /// Describes all pages and makes sure that the pixels of each decode.
    func pages() throws(ParsingFailure) -> [PageImage] {
        try bytes.withUnsafeBufferPointer { buffer throws(ParsingFailure) in
            let file = try TIFFFile(buffer, limits: limits)
            var pages = file.pages
            for index in pages.indices { pages[index].warning = try file.decode(page: pages[index].number, longestSide: 1).warning }
            return pages
        }
    }

    func bitmap(page: Int, longestSide: Int) throws(ParsingFailure) -> Bitmap {
        try bytes.withUnsafeBufferPointer { buffer throws(ParsingFailure) in
            try TIFFFile(buffer, limits: limits).decode(page: page, longestSide: longestSide).bitmap
        }
    }
}
