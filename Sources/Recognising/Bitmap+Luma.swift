import Documents

extension Bitmap {
    /// `width * height` grey values, 0 is black: Rec. 601 luma in whole numbers, so that grey stays what it was.
    func luma() -> [UInt8] {
        let pixels = pixels
        return [UInt8](unsafeUninitializedCapacity: width * height) { grey, count in
            count = width * height
            for i in 0..<count {
                let sum = 77 * Int(pixels[i * 3]) + 150 * Int(pixels[i * 3 + 1]) + 29 * Int(pixels[i * 3 + 2])
                grey[i] = UInt8(truncatingIfNeeded: (sum + 128) >> 8)
            }
        }
    }
}
