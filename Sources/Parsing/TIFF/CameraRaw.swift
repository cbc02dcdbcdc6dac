/// Tells what a camera's sensor recorded from pictures: such files are TIFF by their structure, but their pages are only small previews.
enum CameraRaw {
    /// The name of the format, with its article; `nil` for a TIFF file of pictures.
    static func name(of bytes: ContentBytes) -> String? {
        guard let file = TIFFDirectories(bytes) else { return nil }
        // Marks behind the header, long enough and placed so that no pixels are taken for them.
        if file.first == 16, bytes.count >= 16, bytes[8...9].elementsEqual("CR".utf8) { return words("Canon CR2") }
        if bytes.count >= 16, bytes[8...11].elementsEqual("IIII".utf8) && bytes[13...15].elementsEqual("waR".utf8) || bytes[8...14].elementsEqual("MMMMRaw".utf8) {
            return words("Phase One IIQ")
        }
        guard let first = file.first else { return nil }
        if file.values(of: 0xC612, in: first) != nil { return words("DNG") }
        guard file.isSensor(first) || file.below(first).contains(where: { file.isSensor($0) && file.width($0) > file.width(first) }) else { return nil }
        let make = file.text(of: 0x010F, in: first)
        let maker = make.uppercased()
        return words(makers.first { maker.hasPrefix($0.start) }?.name ?? (make.isEmpty ? "of an unknown maker" : make))
    }

    private static func words(_ format: String) -> String { "a camera's raw picture (\(format))" }

    private static let makers: [(start: String, name: String)] = [
        ("NIKON", "Nikon NEF"), ("SONY", "Sony ARW"), ("PENTAX", "Pentax PEF"), ("RICOH", "Pentax PEF"), ("SAMSUNG", "Samsung SRW"),
        ("HASSELBLAD", "Hasselblad 3FR"), ("KODAK", "Kodak DCR"), ("EASTMAN", "Kodak DCR"), ("PHASE", "Phase One IIQ"), ("LEAF", "Leaf MOS"),
        ("EPSON", "Epson ERF"), ("SEIKO", "Epson ERF"), ("MAMIYA", "Mamiya MEF"), ("CANON", "Canon TIF"),
    ]
}

extension TIFFDirectories {
    /// Directories below a directory: raw data lie in one of them. A dozen is plenty.
    fileprivate func below(_ directory: Int) -> [Int] { Array((values(of: 0x014A, in: directory) ?? []).prefix(12)) }

    fileprivate func width(_ directory: Int) -> Int { values(of: 0x0100, in: directory)?.first ?? 0 }

    /// Whether the samples are those of a colour filter array, or linear ones made of them.
    fileprivate func isSensor(_ directory: Int) -> Bool {
        let photometric = values(of: 0x0106, in: directory)?.first
        return photometric == 32803 || photometric == 34892
    }

    fileprivate func text(of tag: Int, in directory: Int) -> String {
        String(decoding: (values(of: tag, in: directory) ?? []).prefix { $0 != 0 }.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
    }
}
