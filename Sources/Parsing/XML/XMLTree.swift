/// A well-formed document: its elements, and the names of files that its declarations give to entities.
struct XMLTree {
    let root: XMLElement
    /// System identifiers of unparsed entities (`NDATA`) by entity name.
    let unparsedEntities: [String: String]
}
