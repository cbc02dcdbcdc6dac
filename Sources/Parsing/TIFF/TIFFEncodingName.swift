import CTIFF

/// Compression, colour model and depth of a TIFF page, in words.
enum TIFFEncodingName {
    static func words(_ page: shogo_tiff_page) -> String {
        let compression = compressions[page.compression] ?? "compression \(page.compression)"
        return "TIFF \(compression), \(colour(page))\(page.tiled != 0 ? ", tiled" : "")"
    }

    private static func colour(_ page: shogo_tiff_page) -> String {
        if page.bits == 1, page.samples == 1, page.photometric <= 1 { return "bilevel" }
        let model =
            switch page.photometric {
            case 0, 1: page.samples > 1 ? "grey with extra samples" : "grey"
            case 2: page.samples > 3 ? "RGB with extra samples" : "RGB"
            case 3: "palette"
            case 5: "CMYK"
            case 6: "YCbCr"
            case 8, 9, 10: "Lab"
            default: "photometric \(page.photometric)"
            }
        return "\(model) \(page.bits) bit"
    }

    private static let compressions: [UInt16: String] = [
        1: "uncompressed", 2: "CCITT RLE", 3: "CCITT Group 3", 4: "CCITT Group 4", 5: "LZW", 6: "old JPEG", 7: "JPEG",
        8: "Deflate", 32771: "CCITT RLE", 32773: "PackBits", 32809: "ThunderScan", 32946: "Deflate", 34661: "JBIG",
        34676: "SGI Log", 34677: "SGI Log 24", 34712: "JPEG 2000", 34887: "LERC", 34925: "LZMA", 50000: "Zstandard",
        50001: "WebP",
    ]
}
