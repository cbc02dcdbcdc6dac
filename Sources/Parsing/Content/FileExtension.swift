import Documents

/// Extensions of file names, where they matter.
enum FileExtension {
    /// What follows the last dot of the name, in lower case; empty without one.
    static func lowercased(of path: RawPath) -> String {
        let name = path.name.bytes
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return "" }
        return String(decoding: name[(dot + 1)...], as: UTF8.self).lowercased()
    }

    /// Extensions of pictures, also of those that Shogo does not decode: a sheet may name them.
    static let pictures: Set<String> = [
        "jpg", "jpeg", "jpe", "png", "tif", "tiff", "gif", "bmp", "webp", "cgm", "svg", "jp2", "wmf", "emf", "eps",
    ]

    /// Whether a reference ends like the name of a picture.
    static func isPicture(_ reference: some StringProtocol) -> Bool {
        guard let dot = reference.lastIndex(of: ".") else { return false }
        return pictures.contains(reference[reference.index(after: dot)...].lowercased())
    }
}
