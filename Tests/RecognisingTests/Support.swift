import Documents
import Foundation
import Parsing
import Recognising

/// Whether this build and this machine can read with these languages; tests that need it are skipped otherwise.
func canRead(_ languages: String...) -> Bool { (try? TextRecogniser(languages: languages)) != nil }

/// Whether this build has an engine, with data or without.
var isBuiltIn: Bool {
    do throws(RecognitionError) {
        _ = try TextRecogniser(languages: ["eng"])
        return true
    } catch {
        return error != .notBuiltIn
    }
}

/// A page of Fixtures/, as the worker would decode it.
func page(_ name: String) throws -> Bitmap {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
    return try ContentParser(limits: ParsingLimits()).decodePage(1, of: bytes, longestSide: PageScale.longestSide)
}

/// A page of one colour.
func blank(width: Int, height: Int, value: UInt8 = 255) -> Bitmap {
    Bitmap(width: width, height: height, pixels: [UInt8](repeating: value, count: width * height * 3))
}

/// Pixels without any meaning, the same each time.
func noise(width: Int, height: Int, seed: UInt64) -> Bitmap {
    var state = seed
    let pixels = (0..<width * height * 3).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 56)
    }
    return Bitmap(width: width, height: height, pixels: pixels)
}

extension Bitmap {
    /// After so many quarter turns clockwise.
    func turned(_ turn: Int) -> Bitmap {
        if turn == 0 { return self }
        var turned: [UInt8] = []
        turned.reserveCapacity(pixels.count)
        for y in 0..<width {
            for x in 0..<height {
                let from = ((height - 1 - x) * width + y) * 3
                turned += pixels[from..<from + 3]
            }
        }
        return Bitmap(width: height, height: width, pixels: turned).turned(turn - 1)
    }

    var inverted: Bitmap { mapped { value, _ in 255 - value } }

    /// Print of 25 steps of grey below a ground of 230.
    var pale: Bitmap { mapped { value, _ in UInt8(205 + Int(value) * 25 / 255) } }

    /// Lit from the right: on the left the paper is as dark as a mid grey.
    var shaded: Bitmap { mapped { value, x in UInt8(Int(value) * (130 + 125 * x / width) / 255) } }

    private func mapped(_ change: (_ value: UInt8, _ x: Int) -> UInt8) -> Bitmap {
        Bitmap(width: width, height: height, pixels: pixels.enumerated().map { change($1, $0 / 3 % width) })
    }
}
