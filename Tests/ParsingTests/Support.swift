import CLibXML2
import Documents
import Foundation
import Parsing
import Testing

/// What parsing made of bytes, as a value.
enum Outcome: Equatable {
    case sheet(Sheet)
    case images([PageImage])
    case companion(Companion)
    case failure(ParsingFailure)

    var reason: ReasonCode? { if case .failure(let failure) = self { failure.reason } else { nil } }
    var message: String? { if case .failure(let failure) = self { failure.message } else { nil } }
}

func outcome(_ bytes: [UInt8], name: String = "file", limits: ParsingLimits = ParsingLimits()) -> Outcome {
    do {
        switch try ContentParser(limits: limits).parse(bytes, name: RawPath(name)) {
        case .sheet(let sheet): return .sheet(sheet)
        case .images(let pages): return .images(pages)
        case .companion(let companion): return .companion(companion)
        }
    } catch {
        return .failure(error)
    }
}

func outcome(_ text: String, name: String = "file", limits: ParsingLimits = ParsingLimits()) -> Outcome {
    outcome(Array(text.utf8), name: name, limits: limits)
}

func sheet(_ bytes: [UInt8], name: String = "sheet.txt") throws -> Sheet {
    guard case .sheet(let sheet) = try ContentParser(limits: ParsingLimits()).parse(bytes, name: RawPath(name)) else {
        throw ParsingFailure(.damaged, "not a sheet")
    }
    return sheet
}

func sheet(_ text: String, name: String = "sheet.txt") throws -> Sheet { try sheet(Array(text.utf8), name: name) }

func companion(_ text: String) throws -> Companion {
    guard case .companion(let companion) = try ContentParser(limits: ParsingLimits()).parse(Array(text.utf8), name: RawPath("file.xml")) else {
        throw ParsingFailure(.damaged, "not a companion")
    }
    return companion
}

func fixture(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    return Array(try Data(contentsOf: folder.appending(path: name)))
}

/// The text of the one element that an XPath finds, as libxml2 evaluates it without any namespace binding.
func text(at path: String, in xml: String) -> String? {
    guard let document = xmlReadMemory(xml, CInt(xml.utf8.count), nil, "UTF-8", CInt(XML_PARSE_NOENT.rawValue)) else { return nil }
    defer { xmlFreeDoc(document) }
    guard let context = xmlXPathNewContext(document) else { return nil }
    defer { xmlXPathFreeContext(context) }
    guard let found = xmlXPathEvalExpression(path, context) else { return nil }
    defer { xmlXPathFreeObject(found) }
    guard let nodes = found.pointee.nodesetval, nodes.pointee.nodeNr == 1, let node = nodes.pointee.nodeTab[0],
        let content = xmlNodeGetContent(node)
    else { return nil }
    defer { free(content) }
    return String(cString: content)
}

/// A small generator with a seed, so that a failing case can be had again.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

extension TextPlace {
    var xpath: String? { if case .xpath(let path) = self { path } else { nil } }
}

/// CRC-32 as PNG has it.
func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var sum = ~UInt32(0)
    for byte in bytes {
        sum ^= UInt32(byte)
        for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
}
