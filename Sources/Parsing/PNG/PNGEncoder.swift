import CPNG
public import Documents
import Glibc

/// Writes pictures for people to look at.
public enum PNGEncoder {
    /// The bitmap as the bytes of a PNG file; `nil` without memory.
    public static func encode(_ bitmap: Bitmap) -> [UInt8]? {
        var bytes: UnsafeMutablePointer<UInt8>?
        var count = 0
        let code = shogo_png_write(bitmap.pixels, UInt32(bitmap.width), UInt32(bitmap.height), &bytes, &count)
        guard Int(code) == SHOGO_PNG_OK, let bytes else { return nil }
        defer { free(bytes) }
        return Array(UnsafeBufferPointer(start: bytes, count: count))
    }
}
