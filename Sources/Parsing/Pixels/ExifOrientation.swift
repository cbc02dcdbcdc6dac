/// Finds the orientation in an EXIF block without trusting any offset in it.
enum ExifOrientation {
    /// The orientation, 1 to 8, in a TIFF structure; 1 when absent or not readable.
    static func read(tiff block: some Collection<UInt8>) -> Int {
        let bytes = Array(block.prefix(1 << 16))
        guard bytes.count >= 14 else { return 1 }
        let little = bytes[0] == UInt8(ascii: "I")
        guard bytes[1] == bytes[0], little || bytes[0] == UInt8(ascii: "M") else { return 1 }
        func number(at offset: Int, width: Int) -> Int? {
            guard offset >= 0, offset + width <= bytes.count else { return nil }
            var value = 0
            for index in 0..<width { value = value << 8 | Int(bytes[offset + (little ? width - 1 - index : index)]) }
            return value
        }
        guard number(at: 2, width: 2) == 42, let directory = number(at: 4, width: 4), let count = number(at: directory, width: 2)
        else { return 1 }
        for entry in 0..<min(count, 512) {
            let at = directory + 2 + entry * 12
            guard let tag = number(at: at, width: 2) else { return 1 }
            if tag == 0x0112 {
                guard number(at: at + 2, width: 2) == 3, let value = number(at: at + 8, width: 2) else { return 1 }
                return (1...8).contains(value) ? value : 1
            }
        }
        return 1
    }

    /// The orientation in the APP1 segment of a JPEG; 1 when absent.
    static func read(jpeg bytes: ContentBytes) -> Int {
        let segment = JPEGSegments.first(marker: 0xE1, start: [0x45, 0x78, 0x69, 0x66, 0, 0], in: bytes)
        return segment.map { read(tiff: $0.dropFirst(6)) } ?? 1
    }
}
