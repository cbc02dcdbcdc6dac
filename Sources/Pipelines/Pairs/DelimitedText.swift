/// Reads RFC 4180 text: quoted cells, line breaks in cells, CRLF or LF.
struct DelimitedText {
    /// Each record with the line it starts on, from 1; records of one empty cell are left out.
    let records: [(line: Int, cells: [String])]

    init(_ text: String, delimiter: UInt8) {
        var records: [(line: Int, cells: [String])] = []
        var cells: [String] = []
        var cell: [UInt8] = []
        var quoted = false
        var line = 1
        var start = 1
        let bytes = Array(text.utf8)
        var at = 0
        func endCell() {
            cells.append(String(decoding: cell, as: UTF8.self))
            cell = []
        }
        func endRecord() {
            endCell()
            if cells != [""] { records.append((start, cells)) }
            cells = []
        }
        while at < bytes.count {
            let byte = bytes[at]
            if byte == 10 { line += 1 }
            if quoted {
                if byte != 0x22 {
                    cell.append(byte)
                } else if at + 1 < bytes.count, bytes[at + 1] == 0x22 {
                    cell.append(0x22)
                    at += 1
                } else {
                    quoted = false
                }
            } else if byte == 0x22, cell.isEmpty {
                quoted = true
            } else if byte == delimiter {
                endCell()
            } else if byte == 10 {
                if cell.last == 13 { cell.removeLast() }
                endRecord()
                start = line
            } else {
                cell.append(byte)
            }
            at += 1
        }
        if cell.last == 13 { cell.removeLast() }
        if !cell.isEmpty || !cells.isEmpty { endRecord() }
        self.records = records
    }
}
