import Evaluating

/// What random splits say, as a table of text.
enum ResplitTable {
    static func lines(_ rows: [ResplitRow], gain: ResplitGain?) -> [String] {
        var cells = [["re-splits", "mean", "std", "least", "most", "seconds", "settings, how often"]]
        cells += rows.map { row in
            guard row.error == nil else { return [row.name, row.error ?? ""] }
            return [
                row.name, CrossModalTable.number(row.mean), CrossModalTable.number(row.deviation), CrossModalTable.number(row.values.min()),
                CrossModalTable.number(row.values.max()), CrossModalTable.decimal(row.seconds, 1), settings(row),
            ]
        }
        var lines = CrossModalTable.aligned(cells)
        if rows.contains(where: { !$0.edges.isEmpty }) { lines.append(CrossModalTable.edgeRemark) }
        if let gain {
            lines.append(
                "\(gain.name) less \(gain.rival), split by split: \(CrossModalTable.number(gain.mean)), better on \(gain.wins) of \(gain.splits), standard error "
                    + "\(CrossModalTable.number(gain.correctedError)) (allowing for the rows that splits share; \(CrossModalTable.number(gain.plainError)) as if they shared none)")
        }
        return lines
    }

    /// The settings that were chosen most often, three at most.
    private static func settings(_ row: ResplitRow) -> String {
        let counts = Dictionary(row.settings.map { ($0, 1) }, uniquingKeysWith: +)
        let common = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return common.prefix(3).map { "\($0.value)x \($0.key)" }.joined(separator: "; ") + (common.count > 3 ? "; \(common.count - 3) others" : "")
            + CrossModalTable.mark(row.edges.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)x" })
    }
}
