/// The directories of a classic TIFF structure, a file's or an EXIF block's, without trusting any offset in it.
struct TIFFDirectories {
    private let bytes: ContentBytes
    private let isLittle: Bool

    /// `nil` when it does not begin as TIFF does.
    init?(_ bytes: ContentBytes) {
        guard bytes.count >= 14, bytes[0] == bytes[1], bytes[0] == UInt8(ascii: "I") || bytes[0] == UInt8(ascii: "M") else { return nil }
        self.bytes = bytes
        isLittle = bytes[0] == UInt8(ascii: "I")
        guard number(at: 2, width: 2) == 42 else { return nil }
    }

    /// Where the first directory stands.
    var first: Int? { number(at: 4, width: 4) }

    /// Where the entry of a tag stands; a directory of more than 512 is none.
    func entry(_ wanted: Int, in directory: Int) -> Int? {
        guard let count = number(at: directory, width: 2) else { return nil }
        for index in 0..<min(count, 512) {
            let at = directory + 2 + index * 12
            guard let tag = number(at: at, width: 2) else { return nil }
            if tag == wanted { return at }
        }
        return nil
    }

    /// The whole numbers, or letters, of an entry, at most 64; `nil` without the entry.
    func values(of tag: Int, in directory: Int) -> [Int]? {
        guard let at = entry(tag, in: directory), let type = number(at: at + 2, width: 2), let count = number(at: at + 4, width: 4) else { return nil }
        let width = type == 3 ? 2 : type == 4 || type == 13 ? 4 : 1
        guard let place = count <= 4 / width ? at + 8 : number(at: at + 8, width: 4) else { return nil }
        return (0..<min(count, 64)).compactMap { number(at: place + $0 * width, width: width) }
    }

    func number(at offset: Int, width: Int) -> Int? {
        guard offset >= 0, offset <= bytes.count - width else { return nil }
        var value = 0
        for index in 0..<width { value = value << 8 | Int(bytes[offset + (isLittle ? width - 1 - index : index)]) }
        return value
    }
}
