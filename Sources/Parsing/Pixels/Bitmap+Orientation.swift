import Documents

extension Bitmap {
    /// The picture turned and mirrored from its stored order to upright, by a TIFF or EXIF orientation from 1 to 8.
    func upright(from orientation: Int) -> Bitmap {
        guard (2...8).contains(orientation) else { return self }
        let turned = orientation >= 5
        let newWidth = turned ? height : width
        let newHeight = turned ? width : height
        var result = [UInt8](repeating: 0, count: pixels.count)
        for y in 0..<newHeight {
            for x in 0..<newWidth {
                // Where the upright pixel (x, y) is stored.
                let (column, row) =
                    switch orientation {
                    case 2: (width - 1 - x, y)
                    case 3: (width - 1 - x, height - 1 - y)
                    case 4: (x, height - 1 - y)
                    case 5: (y, x)
                    case 6: (y, height - 1 - x)
                    case 7: (width - 1 - y, height - 1 - x)
                    default: (width - 1 - y, x)
                    }
                let from = (row * width + column) * 3
                let to = (y * newWidth + x) * 3
                result[to] = pixels[from]
                result[to + 1] = pixels[from + 1]
                result[to + 2] = pixels[from + 2]
            }
        }
        return Bitmap(width: newWidth, height: newHeight, pixels: result)
    }
}
