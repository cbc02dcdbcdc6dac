/// The text of `/proc/self/mountinfo` (proc(5)): lines like `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw`.
enum MountTable {
    private static let slash = UInt8(ascii: "/"), blank = UInt8(ascii: " "), backslash = UInt8(ascii: "\\")

    /// The kind of file system that holds an absolute path, both as bytes; `nil` when the table does not tell.
    static func kind(holding path: [UInt8], in table: [UInt8]) -> String? {
        var holding: (length: Int, kind: String)?
        for line in table.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: blank)
            // A line has any number of optional fields before the dash.
            guard fields.count > 6, let dash = fields[6...].firstIndex(of: [UInt8(ascii: "-")]), dash + 1 < fields.count else { continue }
            let point = unescaped(fields[4])
            guard point == [slash] || (path + [slash]).starts(with: point + [slash]) else { continue }
            // The longest mount point holds the path; of equal ones the last, which is mounted over the others.
            if point.count >= holding?.length ?? 0 { holding = (point.count, String(decoding: fields[dash + 1], as: UTF8.self)) }
        }
        return holding?.kind
    }

    /// Blanks, line breaks and backslashes are written as `\` and three octal digits.
    private static func unescaped(_ field: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = field
        while let byte = rest.popFirst() {
            if byte == backslash, let code = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8) {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }
}
