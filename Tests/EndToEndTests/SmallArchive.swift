import Foundation

/// A small archive in a temporary directory: ten machines, each with a sheet and three pictures, and some broken files.
final class SmallArchive {
    static let machines = ["pump", "valve", "motor", "fan", "lathe", "press", "crane", "boiler", "robot", "gauge"]
    private static let words = [
        "impeller seal casing priming", "stem gland bonnet handwheel", "rotor stator winding bearing", "blade shroud hub balance",
        "spindle chuck tailstock carriage", "ram die platen hydraulic", "hook rope drum trolley", "burner flame drum feedwater",
        "joint gripper encoder teach", "dial pointer bourdon calibration",
    ]

    let folder: URL
    var root: URL { folder.appendingPathComponent("archive") }
    var workspace: String { folder.appendingPathComponent("workspace").path }
    var pairs: String { folder.appendingPathComponent("pairs.csv").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("shogo-test-\(UUID().uuidString)")
        for name in ["sheets", "pictures", "old"] {
            try FileManager.default.createDirectory(at: root.appendingPathComponent(name), withIntermediateDirectories: true)
        }
        var rows = "sheet,image,part\n"
        for (number, machine) in Self.machines.enumerated() {
            let sheet = "Maintenance of the \(machine)\n\nParts: \(Self.words[number]).\n\n1. Stop the \(machine).\n2. See pictures/\(machine)-1.tif and ../pictures/\(machine)-2.tif.\n"
            try write("sheets/\(machine)-sheet.txt", Array(sheet.utf8))
            for view in 1...3 {
                try write("pictures/\(machine)-\(view).tif", Self.picture(machine: number, view: view))
                rows += "sheets/\(machine)-sheet.txt,pictures/\(machine)-\(view).tif,\(view == 3 ? "heldout" : "train")\n"
            }
        }
        try write("old/empty.tif", [])
        try write("old/cut.tif", Array(Self.picture(machine: 3, view: 9).prefix(2_000)))
        try write("old/drawing.webp", Array("RIFF\u{10}\0\0\0WEBPVP8 ".utf8) + [UInt8](repeating: 0, count: 16))
        try write("old/broken.xml", Array("<?xml version='1.0'?><task><title>x</task>".utf8))
        try write("old/Thumbs.db", [1, 2, 3])
        try Data(rows.utf8).write(to: URL(fileURLWithPath: pairs))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }  // nothing to do about a temporary directory that stays

    func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: root.appendingPathComponent(name))
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(at: root.appendingPathComponent(name))
    }

    func move(_ name: String, to other: String) throws {
        try FileManager.default.moveItem(at: root.appendingPathComponent(name), to: root.appendingPathComponent(other))
    }

    /// A pipeline file of the given steps.
    func pipeline(_ steps: String...) throws -> String {
        let path = folder.appendingPathComponent("pipeline-\(steps.count).yaml")
        try Data(("steps:\n" + steps.map { "  - \($0)\n" }.joined()).utf8).write(to: path)
        return path.path
    }

    func nightly() throws -> String {
        try pipeline(
            "crawl", "parse", "describe", "learn: {when: missing}", "encode", "index", "match: {from: images, to: sheets, top: 3}",
            "report: {format: csv, output: reports/all.csv}")
    }

    /// A grey TIFF: the machine's own shapes, shifted and lit differently in each view.
    static func picture(machine: Int, view: Int, side: Int = 96) -> [UInt8] {
        var state = UInt64(machine) &* 7_919 &+ 17
        func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        var pixels = [UInt8](repeating: UInt8(200 + view * 5), count: side * side)
        for _ in 0..<5 {
            let (x, y, width, height, round) = (next(60), next(60), 8 + next(30), 8 + next(30), next(2) == 1)
            let shade = UInt8(20 + next(140))
            for row in 0..<height {
                for column in 0..<width {
                    let (dx, dy) = (Double(column * 2 - width) / Double(width), Double(row * 2 - height) / Double(height))
                    let (px, py) = (x + column + view * 2, y + row + view)
                    if (!round || dx * dx + dy * dy <= 1), px < side, py < side { pixels[py * side + px] = shade + UInt8(view * 3) }
                }
            }
        }
        return tiff(pixels, side: side)
    }

    private static func tiff(_ pixels: [UInt8], side: Int) -> [UInt8] {
        func word(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (8 * $0) & 255) } }
        func entry(_ tag: Int, _ type: Int, _ value: Int) -> [UInt8] { Array(word(tag)[..<2]) + Array(word(type)[..<2]) + word(1) + word(value) }
        let entries = [
            entry(256, 4, side), entry(257, 4, side), entry(258, 3, 8), entry(259, 3, 1), entry(262, 3, 1), entry(273, 4, 8),
            entry(277, 3, 1), entry(278, 4, side), entry(279, 4, pixels.count),
        ]
        return [0x49, 0x49, 42, 0] + word(8 + pixels.count) + pixels + [UInt8(entries.count), 0] + entries.flatMap(\.self) + word(0)
    }
}
