/// How one file of the archive speaks of another.
public enum LinkKind: String, CaseIterable, Codable, Sendable {
    /// A sheet shows a picture.
    case figure
    /// A sheet takes words from another sheet or a map.
    case text
    /// A transcript is of a page image.
    case page
    /// A METS file lists a file.
    case file
    /// The text of a file belongs into a sheet, which was read without it: an external entity, or XInclude.
    case part
}
