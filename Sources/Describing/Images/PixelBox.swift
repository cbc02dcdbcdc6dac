import Documents

/// A rectangle in pixels of the working image; right and bottom are outside it.
struct PixelBox: Hashable {
    var left: Int, top: Int, right: Int, bottom: Int

    var width: Int { right - left }
    var height: Int { bottom - top }
    var area: Int { width * height }

    func union(_ other: PixelBox) -> PixelBox {
        PixelBox(
            left: min(left, other.left), top: min(top, other.top), right: max(right, other.right), bottom: max(bottom, other.bottom))
    }

    /// Shared area, 0 when apart.
    func overlap(_ other: PixelBox) -> Int {
        max(0, min(right, other.right) - max(left, other.left)) * max(0, min(bottom, other.bottom) - max(top, other.top))
    }

    /// The same rectangle in 1/65535 of a picture of `width x height` pixels; never empty.
    func box(width: Int, height: Int) -> Box {
        Box(
            left: UInt16(left * 65_535 / width), top: UInt16(top * 65_535 / height),
            right: UInt16((right * 65_535 + width - 1) / width), bottom: UInt16((bottom * 65_535 + height - 1) / height))
    }
}
