import Documents

/// The pages of a TIFF file.
struct TIFFPictures {
    let bytes: [UInt8]
    let limits: ParsingLimits

    /// Describes all pages and makes sure that the pixels of each decode.
    func pages() throws(ParsingFailure) -> [PageImage] {
        try bytes.withUnsafeBufferPointer { buffer throws(ParsingFailure) in
            let file = try TIFFFile(buffer, limits: limits)
            for page in file.pages { _ = try file.bitmap(page: page.number, longestSide: 1) }
            return file.pages
        }
    }

    func bitmap(page: Int, longestSide: Int) throws(ParsingFailure) -> Bitmap {
        try bytes.withUnsafeBufferPointer { buffer throws(ParsingFailure) in
            try TIFFFile(buffer, limits: limits).bitmap(page: page, longestSide: longestSide)
        }
    }
}
