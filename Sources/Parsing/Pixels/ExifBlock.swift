/// What an EXIF block (a TIFF structure) says of a picture, without trusting any offset in it.
struct ExifBlock {
    private let block: TIFFDirectories
    private let directory: Int

    /// `nil` when it does not begin as TIFF does. `directory` is where the picture's entries stand; without it the first.
    init?(_ bytes: ContentBytes, directory: Int? = nil) {
        guard let block = TIFFDirectories(bytes), let place = directory ?? block.first else { return nil }
        (self.block, self.directory) = (block, place)
    }

    /// The orientation, 1 to 8, of the picture itself, else that in its EXIF directory, where some programs keep it; `nil` without a valid one.
    var orientation: Int? {
        orientation(in: directory) ?? block.entry(0x8769, in: directory).flatMap { block.number(at: $0 + 8, width: 4) }.flatMap { orientation(in: $0) }
    }

    /// XResolution and YResolution.
    var density: PixelDensity? {
        guard let across = rational(0x011A), let down = rational(0x011B) else { return nil }
        return PixelDensity(across: across, down: down)
    }

    /// Writers use SHORT, as the standard says, LONG (phones) or BYTE.
    private func orientation(in directory: Int) -> Int? {
        guard let entry = block.entry(0x0112, in: directory), let type = block.number(at: entry + 2, width: 2) else { return nil }
        let width: Int
        switch type {
        case 1: width = 1
        case 3: width = 2
        case 4: width = 4
        default: return nil
        }
        return block.number(at: entry + 8, width: width).flatMap { (1...8).contains($0) ? $0 : nil }
    }

    private func rational(_ tag: Int) -> Double? {
        guard let entry = block.entry(tag, in: directory), block.number(at: entry + 2, width: 2) == 5, let place = block.number(at: entry + 8, width: 4),
            let above = block.number(at: place, width: 4), let below = block.number(at: place + 4, width: 4), below > 0
        else { return nil }
        return Double(above) / Double(below)
    }
}
