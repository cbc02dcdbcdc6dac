import Foundation
import Recognising
import Testing

@Suite("Languages")
struct LanguageTests {
    @Test("Missing language data is named, with its folder and its package", .enabled(if: isBuiltIn))
    func missing() throws {
        let error = #expect(throws: RecognitionError.self) { _ = try TextRecogniser(languages: ["jpn", "chi_sim"], dataFolder: "/nowhere") }
        #expect(error == .missingData(languages: ["jpn", "chi_sim"], folders: ["/nowhere"]))
        #expect(
            error?.description
                == "no language data for jpn, chi_sim in /nowhere: install tesseract-ocr-jpn tesseract-ocr-chi-sim, or name the folder with the data"
        )
    }

    @Test("Only the missing language is named", .enabled(if: canRead("eng")))
    func oneMissing() throws {
        let error = #expect(throws: RecognitionError.self) { _ = try TextRecogniser(languages: ["eng", "xyz"]) }
        guard case .missingData(let languages, _) = error else { throw CancellationError() }
        #expect(languages == ["xyz"])
    }

    @Test("What is no name of a language is refused", .enabled(if: isBuiltIn), arguments: [[], [""], ["../eng"], ["jpn+eng"], ["~eng"], ["日本"]])
    func noName(languages: [String]) {
        #expect(throws: RecognitionError.badLanguage(languages.first ?? "")) { _ = try TextRecogniser(languages: languages) }
    }

    @Test("Damaged data is an error, not a crash", .enabled(if: isBuiltIn))
    func damaged() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "shogo-ocr-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("no data".utf8).write(to: folder.appending(path: "bad.traineddata"))
        #expect(throws: RecognitionError.badData(languages: ["bad"], folder: folder.path)) {
            _ = try TextRecogniser(languages: ["bad"], dataFolder: folder.path)
        }
    }

    @Test("Without the trait OCR, a recogniser says how to get one", .enabled(if: !isBuiltIn))
    func notBuiltIn() {
        let error = #expect(throws: RecognitionError.self) { _ = try TextRecogniser(languages: ["eng"]) }
        #expect(error?.description.contains("trait OCR") == true)
    }
}
