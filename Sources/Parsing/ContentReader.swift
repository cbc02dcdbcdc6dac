import Documents

/// Which reader took a content, or refused it: what the content is to be read anew for.
public enum ContentReader: String, CaseIterable, Sendable {
    case tiff, jpeg, png
    case plainText, markdown
    case dita, s1000d, docbook, tei, jats, html
    /// XML of no dialect above, or that is not well-formed.
    case xml
    /// Documents about other files: ALTO, PAGE, hOCR, METS, DITA maps and their like.
    case companion
    /// A text that did not decode, was too long for it, or says nothing.
    case text
    /// No reader: an empty file, or a format that is known by name only.
    case none

    /// Changes whenever the reader would make another document of the same bytes, or another failure. The catalog keeps it with every
    /// content, and the next run reads again what has another one.
    ///
    /// - Raise the number of the reader that changes. What several share has a number of its own: `text` decodes, `markup` is the XML and
    ///   HTML parser and the walk through its tree. Pixels (orientation, reduction, colour) are shared by all three of images: raise these.
    /// - When a rule that tells kinds apart changes (`ContentKind`, `Signature`, `TextKind`, `reads` of a dialect), contents pass from one
    ///   reader to another: raise all readers that it decides between. A new format was `none` until now, or plain text.
    public var fingerprint: String {
        switch self {
        case .tiff: "tiff-3"
        case .jpeg: "jpeg-2"
        case .png: "png-3"
        case .plainText: "plain-4 \(Self.decoder)"
        case .markdown: "markdown-4 \(Self.decoder)"
        case .dita: "dita-3 \(Self.markup)"
        case .s1000d: "s1000d-2 \(Self.markup)"
        case .docbook: "docbook-2 \(Self.markup)"
        case .tei: "tei-3 \(Self.markup)"
        case .jats: "jats-3 \(Self.markup)"
        case .html: "html-3 \(Self.markup)"
        case .xml: "xml-3 \(Self.markup)"
        case .companion: "companion-3 \(Self.markup)"
        case .text: Self.decoder
        case .none: "none-3"
        }
    }

    private static let decoder = "text-5"
    private static let markup = "markup-3 \(decoder)"

    /// All marks of contents that need no new reading.
    public static let marks = allCases.map(\.fingerprint)

    init(_ format: Sheet.Format) {
        self = switch format {
        case .dita: .dita
        case .s1000d: .s1000d
        case .docbook: .docbook
        case .tei: .tei
        case .jats: .jats
        case .html: .html
        case .xml: .xml
        case .plainText: .plainText
        case .markdown: .markdown
        }
    }
}
