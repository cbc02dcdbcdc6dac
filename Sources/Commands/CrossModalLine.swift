import Evaluating

/// One method as one line of JSON, flat, for scripts.
struct CrossModalLine: Encodable {
    let method: String
    let mapI2T: Double?, mapT2I: Double?, mapMean: Double?, mapStd: Double?
    let map50I2T: Double?, map50T2I: Double?
    let r1I2T: Double?, r5I2T: Double?, r10I2T: Double?
    let r1T2I: Double?, r5T2I: Double?, r10T2I: Double?
    let medianRankI2T: Double?, medianRankT2I: Double?
    /// Of the median final fit, and of the choice of the settings before.
    let seconds: Double, choiceSeconds: Double
    let seeds: Int
    let settings: String
    /// Which of these lie at the edge of what was tried.
    let edges: [String]
    let error: String?

    init(_ row: ComparisonRow) {
        let figures = row.figures
        method = row.name
        (mapI2T, mapT2I, mapMean, mapStd) = (figures?.mapI2T, figures?.mapT2I, figures?.mean, row.mapStd)
        (map50I2T, map50T2I) = (figures?.map50I2T, figures?.map50T2I)
        (r1I2T, r5I2T, r10I2T) = (figures?.r1I2T, figures?.r5I2T, figures?.r10I2T)
        (r1T2I, r5T2I, r10T2I) = (figures?.r1T2I, figures?.r5T2I, figures?.r10T2I)
        (medianRankI2T, medianRankT2I) = (figures?.medianRankI2T, figures?.medianRankT2I)
        (seconds, choiceSeconds, seeds) = (row.seconds, row.choiceSeconds, row.seeds.count)
        (settings, edges, error) = (row.settings, row.edges, row.error)
    }
}
