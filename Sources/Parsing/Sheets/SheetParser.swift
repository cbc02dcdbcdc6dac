import Documents

/// Reads a text file as the sheet or the companion that it is: XML, HTML, Markdown or plain text.
struct SheetParser {
    let limits: ParsingLimits
    /// The encoding that somebody named for the folder.
    var encoding: String?
    /// The reader that has the text: before it is decoded, none in particular.
    private(set) var reader = ContentReader.text

    /// What the text has by its folder.
    var hint: EncodingHint?
    /// What the bytes say about the encoding, where they decide.
    private(set) var evidence: EncodingEvidence?

    init(limits: ParsingLimits, encoding: String? = nil, hint: EncodingHint? = nil) {
        self.limits = limits
        self.encoding = encoding
        self.hint = hint
    }

    mutating func parse(_ bytes: ContentBytes, fileExtension: String) throws(ParsingFailure) -> Document {
        guard bytes.count <= limits.maxTextBytes else {
            throw ParsingFailure(.tooLarge, "\(bytes.count) bytes of text are more than parse.maxTextBytes, \(limits.maxTextBytes)")
        }
        var source = try decode(Array(bytes))
        source.text = Marks.stripped(source.text)
        switch try read(source, fileExtension: fileExtension) {
        case .sheet(var sheet):
            sheet.encodingConfidence = source.confidence
            return .sheet(sheet)
        case let other: return other
        }
    }

    private var xml: XMLReader { XMLReader(limits: limits) }

    private mutating func read(_ source: DecodedText, fileExtension: String) throws(ParsingFailure) -> Document {
        guard source.text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw ParsingFailure(.noText, "the file holds nothing but white space")
        }
        if let other = TextKind.unsupported(source.text, fileExtension: fileExtension) ?? TextFormat.name(of: source.text) {
            reader = .none
            throw ParsingFailure(.unsupportedFormat, "the file is \(other)")
        }
        let markdown = fileExtension == "md" || fileExtension == "markdown"
        reader = .xml
        switch TextKind.markup(of: source.text) {
        case .none: break
        case .xml: return try document(xml.read(source.text), source)
        case .html: return try html(source)
        case .xhtml: return try xhtml(source)
        // A piece of a page, as content managers keep them.
        case .perhaps where ["html", "htm", "xhtml"].contains(fileExtension): return try xhtml(source)
        case .perhaps:
            // An angle bracket may also begin a plain text.
            let tree: XMLTree
            do throws(ParsingFailure) {
                tree = try xml.read(source.text)
            } catch {
                let isPiece = error.reason == .notWellFormed && !markdown && fileExtension != "xml" && TextKind.isHTML(source.text)
                if isPiece { return try html(source) }
                guard fileExtension == "txt" || fileExtension == "text" || markdown else { throw error }
                break
            }
            return try document(tree, source)
        }
        reader = markdown ? .markdown : .plainText
        var source = source
        source.text = TerminalCodes.without(source.text)
        return .sheet(markdown ? try MarkdownReader.read(source) : try PlainTextReader.read(source))
    }

    /// HTML as browsers read it.
    private mutating func html(_ source: DecodedText) throws(ParsingFailure) -> Document {
        reader = .html
        return try document(xml.readHTML(source.text), source)
    }

    /// HTML that says it is XML is read as such, unless it is none after all.
    private mutating func xhtml(_ source: DecodedText) throws(ParsingFailure) -> Document {
        reader = .html
        let tree: XMLTree
        do throws(ParsingFailure) {
            tree = try xml.read(source.text)
        } catch {
            // End tags that are left out look like depth.
            guard error.reason == .notWellFormed || error.reason == .tooDeep else { throw error }
            tree = try xml.readHTML(source.text)
        }
        return try document(tree, source)
    }

    /// A byte order mark decides, then an XML declaration or a `<meta>` of HTML that is true, then the encoding named for the folder, then
    /// the bytes.
    private mutating func decode(_ bytes: [UInt8]) throws(ParsingFailure) -> DecodedText {
        guard let name = XMLEncoding.declared(in: bytes) else {
            if !TextDecoder.isMarked(bytes), !bytes.contains(0), let text = HTMLEncoding.decode(bytes) { return text }
            return try TextDecoder.decode(bytes, encoding: encoding, hint: hint, &evidence)
        }
        do throws(ParsingFailure) {
            return try XMLEncoding.decode(bytes, declared: name)
        } catch {
            guard encoding != nil else { throw error }
            return try TextDecoder.decode(bytes, encoding: encoding)
        }
    }

    private mutating func document(_ tree: XMLTree, _ source: DecodedText) throws(ParsingFailure) -> Document {
        // Elements point into the tree without holding it.
        defer { withExtendedLifetime(tree) {} }
        if let other = TextKind.unsupported(root: tree.root) ?? XMLFormat.name(of: tree.root) {
            reader = .none
            throw ParsingFailure(.unsupportedFormat, "the file is \(other)")
        }
        reader = .companion
        if let companion = try CompanionReader.read(tree, encoding: source.encoding, limits: limits) { return .companion(companion) }
        reader = ContentReader(XMLSheetReader.format(of: tree))
        do throws(ParsingFailure) {
            return .sheet(try XMLSheetReader.read(tree, encoding: source.encoding))
        } catch {
            // Filters, build files and lists of programs: nothing is missing that somebody could put right.
            guard error.reason == .noText, reader != .html else { throw error }
            let files = tree.textEntities.values.map(\.percentDecoded).sorted()
            guard !files.isEmpty else { throw ParsingFailure(.unsupportedFormat, "the file is XML without text") }
            let names = files.prefix(10).joined(separator: ", ") + (files.count > 10 ? " and \(files.count - 10) more" : "")
            throw ParsingFailure(.unsupportedFormat, "the file is XML without text of its own: that stands in \(names)")
        }
    }
}
