/// The segments of a JPEG file before its first scan, without trusting any length in them.
enum JPEGSegments {
    /// The body of the first segment with this marker whose body begins with `start`; `nil` without one.
    static func first(marker wanted: UInt8, start: [UInt8], in bytes: ContentBytes) -> Slice<ContentBytes>? {
        var at = 2
        while at + 4 <= bytes.count, bytes[at] == 0xFF {
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
            let body = bytes[(at + 4)..<(at + 2 + length)]
            if marker == wanted, body.starts(with: start) { return body }
            at += 2 + length
        }
        return nil
    }

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
