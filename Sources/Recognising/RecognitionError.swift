/// Why no text can be recognised.
public enum RecognitionError: Error, Equatable, CustomStringConvertible {
    /// Shogo was built without the package trait OCR.
    case notBuiltIn
    /// No language, or one that is no name of language data.
    case badLanguage(String)
    /// Languages without data, and the folders where it should be.
    case missingData(languages: [String], folders: [String])
    /// The data is there, but the engine does not take it.
    case badData(languages: [String], folder: String)
    /// The page took longer than it may.
    case tookTooLong(seconds: Int)
    /// The engine gave up on the page.
    case failed(width: Int, height: Int)

    public var description: String {
        switch self {
        case .notBuiltIn:
            "text recognition is not built in: build with the package trait OCR (on by default), which needs libtesseract-dev"
        case .badLanguage(let name):
            "no language data is called '\(name)': give names such as jpn or eng"
        case .missingData(let languages, let folders):
            "no language data for \(languages.joined(separator: ", ")) in \(folders.joined(separator: ", ")): "
                + "install \(languages.map(Self.package).joined(separator: " ")), or name the folder with the data"
        case .badData(let languages, let folder):
            "Tesseract does not accept its language data for \(languages.joined(separator: ", ")) in \(folder): install it again"
        case .tookTooLong(let seconds):
            "recognising the text took more than \(seconds) s"
        case .failed(let width, let height):
            "Tesseract gave up on a page of \(width) x \(height) pixels"
        }
    }

    /// The Debian package with the data of a language.
    private static func package(_ language: String) -> String {
        "tesseract-ocr-" + String(language.map { $0 == "_" ? "-" : $0 }).lowercased()
    }
}
