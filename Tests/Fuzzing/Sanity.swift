import Documents
import Parsing

/// What every document keeps, whatever bytes it was made from.
enum Sanity {
    static func problem(of sheet: Sheet) -> String? {
        if sheet.title.isEmpty { return "an empty title" }
        if sheet.title.count > 200 { return "a title of \(sheet.title.count) characters" }
        if sheet.encoding.isEmpty { return "no encoding" }
        if !(0...1).contains(sheet.encodingConfidence) { return "the confidence \(sheet.encodingConfidence)" }
        if sheet.fragments.isEmpty { return "a sheet without fragments" }
        for fragment in sheet.fragments {
            if fragment.text.isEmpty { return "an empty fragment at \(fragment.place.display)" }
            if let problem = problem(of: fragment.place) { return problem }
        }
        if sheet.identifiers.contains(where: \.isEmpty) { return "an empty identifier" }
        if Set(sheet.identifiers).count != sheet.identifiers.count { return "an identifier twice" }
        for figure in sheet.figures {
            if figure.target.isEmpty { return "a figure without a target at \(figure.place.display)" }
            if let problem = problem(of: figure.place) { return problem }
        }
        return nil
    }

    static func problem(of pages: [PageImage], limits: ParsingLimits) -> String? {
        if pages.isEmpty { return "an image without pages" }
        if pages.count > limits.maxPages { return "\(pages.count) pages" }
        if pages.map(\.number) != Array(1...pages.count) { return "pages are not numbered from 1" }
        for page in pages {
            let (pixels, overflow) = page.storedWidth.multipliedReportingOverflow(by: page.storedHeight)
            if overflow || page.storedWidth < 1 || page.storedHeight < 1 || pixels > limits.maxPixels {
                return "page \(page.number) of \(page.storedWidth) x \(page.storedHeight) pixels"
            }
            if !(1...8).contains(page.orientation) { return "orientation \(page.orientation)" }
            if page.encoding.isEmpty { return "no encoding" }
        }
        return nil
    }

    static func problem(of bitmap: Bitmap, page: PageImage, longestSide: Int) -> String? {
        let size = "\(bitmap.width) x \(bitmap.height)"
        if bitmap.pixels.count != bitmap.width * bitmap.height * 3 { return "\(bitmap.pixels.count) bytes for \(size) pixels" }
        if max(bitmap.width, bitmap.height) > longestSide { return "\(size) pixels, asked for \(longestSide)" }
        if bitmap.width > page.uprightWidth || bitmap.height > page.uprightHeight { return "\(size) pixels of a page of \(page.uprightWidth) x \(page.uprightHeight)" }
        return nil
    }

    static func problem(of place: TextPlace) -> String? {
        switch place {
        case .lines(let first, let last): first < 1 || last < first ? "lines \(first) to \(last)" : nil
        case .xpath(let path): path.hasPrefix("/") ? nil : "the place \(path)"
        }
    }
}
