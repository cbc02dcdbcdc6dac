import Documents
import Parsing
import Testing

/// A file of Fixtures/golden, and how near its pixels must come to those of an independent decoder.
struct Golden: Sendable, CustomTestStringConvertible {
    var file: String
    var page: Int
    var width: Int
    var height: Int
    /// Most allowed mean and greatest difference of a sample, in levels of 0 to 255.
    var mean: Double
    var greatest: Int
    /// Which program decoded the reference; `numpy` where it is what was written.
    var decoder: String
    var reference: String

    var testDescription: String { "\(file) page \(page)" }

    /// The table, in the order that make.py wrote.
    static let table: [Golden] = {
        guard let bytes = try? fixture("golden/golden.tsv") else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: "\t").map(String.init)
            guard fields.count == 8, let page = Int(fields[1]), let width = Int(fields[2]), let height = Int(fields[3]),
                let mean = Double(fields[4]), let greatest = Int(fields[5])
            else { return nil }
            return Golden(
                file: fields[0], page: page, width: width, height: height, mean: mean, greatest: greatest, decoder: fields[6],
                reference: fields[7])
        }
    }()

    func decode(longestSide: Int) throws -> Bitmap {
        try ContentParser(limits: ParsingLimits()).decodePage(page, of: try fixture("golden/" + file), longestSide: longestSide)
    }
}

@Suite("Golden pictures")
struct GoldenTests {
    @Test("No cell of the table is lost")
    func complete() {
        #expect(Golden.table.count == 392)
        #expect(Golden.table.filter { $0.decoder != "numpy" }.count > 300)
    }

    @Test("Pixels are those of an independent decoder", arguments: Golden.table)
    func pixels(golden: Golden) throws {
        let bitmap = try golden.decode(longestSide: 1_000)
        let reference = try fixture("golden/" + golden.reference)
        try #require(bitmap.width == golden.width && bitmap.height == golden.height && bitmap.pixels.count == reference.count)
        let differences = zip(bitmap.pixels, reference).map { abs(Int($0) - Int($1)) }
        let greatest = try #require(differences.max())
        let mean = Double(differences.reduce(0, +)) / Double(differences.count)
        #expect(greatest <= golden.greatest && mean <= golden.mean, "greatest \(greatest), mean \(mean)")
    }

    @Test("Parsing finds nothing wrong with them", arguments: Golden.table)
    func sound(golden: Golden) throws {
        guard case .images(let pages) = outcome(try fixture("golden/" + golden.file)) else { throw ParsingFailure(.damaged, golden.file) }
        #expect(pages[golden.page - 1].warning == nil)
        #expect(pages[golden.page - 1].uprightWidth == golden.width && pages[golden.page - 1].uprightHeight == golden.height)
    }

    @Test("A reduced picture is the mean of the whole one", arguments: Golden.table)
    func reduced(golden: Golden) throws {
        let whole = try golden.decode(longestSide: 1_000)
        let small = try golden.decode(longestSide: 13)
        #expect(max(small.width, small.height) == 13)
        let expected = mean(of: whole, width: small.width, height: small.height)
        let greatest = try #require(zip(small.pixels, expected).map { abs(Int($0) - Int($1)) }.max())
        // libjpeg reduces by leaving out high frequencies, which is not quite the mean.
        #expect(greatest <= (golden.file.hasSuffix(".jpg") ? 24 : 1), "greatest \(greatest)")
    }

    /// The mean of the area that each pixel of the result covers; slow and plain.
    private func mean(of whole: Bitmap, width: Int, height: Int) -> [UInt8] {
        var result: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                for channel in 0..<3 {
                    var sum = 0
                    for row in (y * whole.height / height)..<whole.height {
                        let down = min((row + 1) * height, (y + 1) * whole.height) - max(row * height, y * whole.height)
                        guard down > 0 else { break }
                        for column in (x * whole.width / width)..<whole.width {
                            let across = min((column + 1) * width, (x + 1) * whole.width) - max(column * width, x * whole.width)
                            guard across > 0 else { break }
                            sum += Int(whole.pixels[(row * whole.width + column) * 3 + channel]) * down * across
                        }
                    }
                    let area = whole.width * whole.height
                    result.append(UInt8((sum + area / 2) / area))
                }
            }
        }
        return result
    }
}
