import Documents

/// A fragment whose text is being collected.
struct OpenFragment {
    var kind: Fragment.Kind
    let place: TextPlace
    /// Whether a block inside ends the paragraph.
    let parts: Bool
    var text: XMLText
    /// Elements inside that say something of their own, such as the words for a picture: they come behind, so that sentences stay whole; and
    /// warnings before the words of a step.
    var aside: [(element: XMLElement, path: [XMLElement])] = []

    /// Whether no text was collected yet.
    var isEmpty: Bool { text.bytes.allSatisfy { $0 <= 0x20 } }
}
