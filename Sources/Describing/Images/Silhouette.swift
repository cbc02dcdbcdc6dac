/// The subject with its inside filled: what the background cannot reach from the border without crossing ink.
///
/// A line drawing then has the shape of the photographed part rather than of its outline.
enum Silhouette {
    /// `ink` counts pixels per cell, `rows x columns`, row-major; so is the result.
    static func filled(_ ink: [Int32], columns: Int, rows: Int) -> [Bool] {
        var outside = [Bool](repeating: false, count: rows * columns)
        var waiting: [Int] = []
        func reach(_ cell: Int) {
            if ink[cell] == 0, !outside[cell] {
                outside[cell] = true
                waiting.append(cell)
            }
        }
        for x in 0..<columns {
            reach(x)
            reach((rows - 1) * columns + x)
        }
        for y in 0..<rows {
            reach(y * columns)
            reach(y * columns + columns - 1)
        }
        while let cell = waiting.popLast() {
            let x = cell % columns
            if x > 0 { reach(cell - 1) }
            if x + 1 < columns { reach(cell + 1) }
            if cell >= columns { reach(cell - columns) }
            if cell + columns < rows * columns { reach(cell + columns) }
        }
        let filled = outside.map { !$0 }
        // A frame drawn around the page, or a photograph without a plain border, fills everything and says nothing.
        let area = filled.count { $0 }
        return area * 10 > rows * columns * 8 ? ink.map { $0 > 0 } : filled
    }
}
