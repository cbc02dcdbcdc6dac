import Documents

/// What an element is for a sheet.
enum ElementRole {
    /// Nothing in it is the sheet's own.
    case skipped
    /// No text of it is the sheet's own, but the pictures it names are.
    case silent
    /// A fragment with everything in it: a warning, a table row.
    case whole(Fragment.Kind)
    /// A fragment with what stands in it, except fragments of their own: a step with a warning inside.
    case block(Fragment.Kind)
    /// A paragraph if text stands in it directly and no block around takes it; else only a container.
    case plain

    var isSkipped: Bool { if case .skipped = self { true } else { false } }

    var warns: Bool { if case .whole(.warning) = self { true } else { false } }

    /// Whether a fragment of its own waits until the one around it is complete: a sentence goes on behind it.
    func standsAside(_ flow: ElementFlow) -> Bool {
        switch (self, flow) {
        case (_, .block), (.skipped, _), (.silent, _), (.plain, _): false
        case (_, .inline), (_, .apart), (_, .lineBreak): true
        case (.whole(let kind), .unknown), (.block(let kind), .unknown): kind == .title || kind == .caption || kind == .paragraph
        }
    }

    /// Whether the element makes a fragment whatever is around it.
    var standsAlone: Bool {
        switch self {
        case .skipped, .silent, .whole, .block: true
        case .plain: false
        }
    }
}
