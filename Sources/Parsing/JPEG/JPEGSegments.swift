/// The segments of a JPEG file before its first scan, without trusting any length in them.
enum JPEGSegments {
    /// The body of the first segment with this marker whose body begins with `start`; `nil` without one.
    static func first(marker wanted: UInt8, start: [UInt8], in bytes: ContentBytes) -> ContentBytes? {
        first(marker: wanted, start: start, in: bytes) { $0 }
    }

    /// More segments of one kind are an attack on time.
    private static let mostSegments = 16

    /// What `read` makes of the first segment with this marker and start of which it makes anything.
    static func first<Found>(marker wanted: UInt8, start: [UInt8], in bytes: ContentBytes, read: (ContentBytes) -> Found?) -> Found? {
        var at = 2
        var tried = 0
        while at + 4 <= bytes.count, tried < mostSegments, bytes[at] == 0xFF {
            let marker = bytes[at + 1]
            if marker == 0xFF {  // fill byte
                at += 1
                continue
            }
            if marker == 0x01 || (0xD0...0xD8).contains(marker) {  // markers without a length
                at += 2
                continue
            }
            let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
            guard marker != 0xDA, marker != 0xD9, length >= 2, at + 2 + length <= bytes.count else { return nil }
            let body = ContentBytes(rebasing: bytes[(at + 4)..<(at + 2 + length)])
            if marker == wanted, body.starts(with: start) {
                if let found = read(ContentBytes(rebasing: body.dropFirst(start.count))) { return found }
                tried += 1
            }
            at += 2 + length
        }
        return nil
    }

    /// The orientation of the picture: the first valid one in its EXIF blocks, which cameras write and viewers heed, else in its XMP
    /// packets, which some editors write alone; 1 without any.
    static func orientation(of bytes: ContentBytes) -> Int {
        first(marker: 0xE1, start: exif, in: bytes) { ExifBlock($0)?.orientation } ?? first(marker: 0xE1, start: xmp, in: bytes) { XMPOrientation.read($0) } ?? 1
    }

    /// The resolution that EXIF claims.
    static func density(of bytes: ContentBytes) -> PixelDensity? {
        first(marker: 0xE1, start: exif, in: bytes) { ExifBlock($0)?.density }
    }

    private static let exif = Array("Exif\0\0".utf8)
    private static let xmp = Array("http://ns.adobe.com/xap/1.0/\0".utf8)

    /// Where the last marker stands that is neither the start of the file nor within a scan.
    static func lastMarker(in bytes: ContentBytes) -> Int? {
        var at = bytes.count - 2
        while at >= 2 {
            if bytes[at] == 0xFF, bytes[at + 1] >= 0xC0, bytes[at + 1] != 0xFF, !(0xD0...0xD8).contains(bytes[at + 1]) { return at }
            at -= 1
        }
        return nil
    }

    /// Whether the file holds further pictures behind its first (a multi-picture object, CIPA DC-007).
    static func isMultiPicture(_ bytes: ContentBytes) -> Bool {
        first(marker: 0xE2, start: [0x4D, 0x50, 0x46, 0], in: bytes) != nil
    }
}
