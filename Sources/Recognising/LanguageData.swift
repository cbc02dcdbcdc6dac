#if OCR
    import Glibc

    /// Where Tesseract's language data lies, found before the engine is asked: its own answer to missing data is a line on stderr.
    struct LanguageData {
        let languages: [String]
        let folder: String

        /// Debian's folder, then those of other systems and of an installation by hand.
        private static let usualFolders = [
            "/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata", "/usr/share/tesseract/tessdata", "/usr/local/share/tessdata",
        ]

        /// Looks into `folder` alone if there is one, else into that of the environment variable `TESSDATA_PREFIX`, else into the usual
        /// ones. One folder must hold all the languages.
        init(languages: [String], folder: String?) throws(RecognitionError) {
            guard !languages.isEmpty else { throw .badLanguage("") }
            for name in languages where !Self.isName(name) { throw .badLanguage(name) }
            let folders = folder.map { [$0] } ?? getenv("TESSDATA_PREFIX").map { [String(cString: $0)] } ?? Self.usualFolders
            var fewest = languages
            for folder in folders {
                let missing = languages.filter { !Self.has($0, in: folder) }
                if missing.isEmpty {
                    self.init(found: languages, folder: folder)
                    return
                }
                if missing.count < fewest.count { fewest = missing }
            }
            throw .missingData(languages: fewest, folders: folders)
        }

        /// The data for the same languages written from top to bottom, as far as the folder has it.
        var vertical: LanguageData? {
            let names = languages.map { $0 + "_vert" }.filter { Self.has($0, in: folder) && !languages.contains($0) }
            return names.isEmpty ? nil : LanguageData(found: names, folder: folder)
        }

        private init(found languages: [String], folder: String) {
            self.languages = languages
            self.folder = folder
        }

        private static func has(_ language: String, in folder: String) -> Bool {
            access("\(folder)/\(language).traineddata", R_OK) == 0
        }

        /// Letters, digits and `_`: nothing that leads out of the folder or that the engine reads as an operator.
        private static func isName(_ name: String) -> Bool {
            !name.isEmpty && name.utf8.allSatisfy { isalnum(Int32($0)) != 0 && $0 < 128 || $0 == UInt8(ascii: "_") }
        }
    }
#endif
