/// TIFF structures written byte by byte: files of uncompressed pages, EXIF blocks, and what cameras write.
struct MadeTIFF {
    enum Value {
        case byte(UInt8), short([UInt16]), long([UInt32]), rational(UInt32, UInt32), text(String), bytes([UInt8])
        /// Directories below, by their numbers in `directories`.
        case below([Int])
        /// Where the pixels of the directory lie: one offset a plane.
        case pixels
    }

    struct Directory {
        var entries: [(tag: UInt16, value: Value)]
        /// One for each plane.
        var planes: [[UInt8]] = []
        /// Whether the page before leads to it.
        var isPage = true
    }

    var isLittle = true
    /// Bytes between the header and the first directory.
    var mark: [UInt8] = []
    var directories: [Directory] = []

    /// A grey page of 8 bits, all of one shade.
    static func grey(_ width: Int, _ height: Int, shade: UInt8 = 128, more: [(UInt16, Value)] = []) -> Directory {
        page(width, height, planes: [[UInt8](repeating: shade, count: width * height)], more: more)
    }

    static func page(_ width: Int, _ height: Int, planes: [[UInt8]], photometric: UInt16 = 1, more: [(UInt16, Value)] = []) -> Directory {
        var entries: [(tag: UInt16, value: Value)] = [
            (256, .long([UInt32(width)])), (257, .long([UInt32(height)])), (258, .short(planes.map { _ in 8 })), (259, .short([1])),
            (262, .short([photometric])), (273, .pixels), (277, .short([UInt16(planes.count)])), (278, .long([UInt32(height)])),
            (279, .long(planes.map { UInt32($0.count) })),
        ]
        if planes.count > 1 { entries.append((284, .short([2]))) }
        return Directory(entries: entries + more.map { (tag: $0.0, value: $0.1) }, planes: planes)
    }

    var bytes: [UInt8] {
        var out = [UInt8](repeating: isLittle ? 0x49 : 0x4D, count: 2) + number(42, 2) + number(0, 4) + mark
        func place(_ directory: Directory) -> Int { directory.entries.count * 12 + 6 }
        // Directories first, then what they lead to.
        var starts: [Int] = []
        var at = out.count
        for directory in directories {
            starts.append(at)
            at += place(directory)
        }
        out.replaceSubrange(4..<8, with: number(starts.first ?? 0, 4))
        var behind: [UInt8] = []
        func put(_ bytes: [UInt8]) -> Int {
            let start = at + behind.count
            behind += bytes
            return start
        }
        for (index, directory) in directories.enumerated() {
            out += number(directory.entries.count, 2)
            for (tag, value) in directory.entries.sorted(by: { $0.tag < $1.tag }) {
                let (type, count, body): (Int, Int, [UInt8]) =
                    switch value {
                    case .byte(let value): (1, 1, [value])
                    case .short(let values): (3, values.count, values.flatMap { number(Int($0), 2) })
                    case .long(let values): (4, values.count, values.flatMap { number(Int($0), 4) })
                    case .rational(let above, let below): (5, 1, number(Int(above), 4) + number(Int(below), 4))
                    case .text(let text): (2, text.utf8.count + 1, Array(text.utf8) + [0])
                    case .bytes(let bytes): (7, bytes.count, bytes)
                    case .below(let numbers): (4, numbers.count, numbers.flatMap { number(starts[$0], 4) })
                    case .pixels: (4, directory.planes.count, directory.planes.flatMap { number(put($0), 4) })
                    }
                out += number(Int(tag), 2) + number(type, 2) + number(count, 4)
                out += body.count <= 4 ? body + [UInt8](repeating: 0, count: 4 - body.count) : number(put(body), 4)
            }
            let next = directories.indices.first { $0 > index && directories[$0].isPage }
            out += number(directory.isPage ? next.map { starts[$0] } ?? 0 : 0, 4)
        }
        return out + behind
    }

    private func number(_ value: Int, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * (isLittle ? $0 : width - 1 - $0))) }
    }
}
