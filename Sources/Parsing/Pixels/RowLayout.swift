/// How decoders hand out the pixels of a row, without padding between rows but that of `bits`.
enum RowLayout {
    /// Eight pixels in a byte, the first in the highest bit; 1 is white.
    case bits
    /// One byte per pixel.
    case grey
    /// R, G, B bytes per pixel.
    case rgb

    var channels: Int { self == .rgb ? 3 : 1 }

    func bytes(width: Int) -> Int { self == .bits ? (width + 7) / 8 : width * channels }
}
