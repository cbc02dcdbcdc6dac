import Testing

@testable import Queueing

@Suite("The table of mounts")
struct MountTableTests {
    private static let table =
        Array(
            #"""
            22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
            23 22 0:21 / /proc rw - proc proc rw
            40 22 0:50 / /mnt/nas rw - autofs systemd-1 rw,fd=50
            41 40 0:51 / /mnt/nas rw shared:2 master:3 - nfs4 server:/x rw
            42 22 0:52 / /mnt/my\040share rw - cifs //server/y rw
            43 42 8:2 / /mnt/my\040share/a\134b rw - xfs /dev/sdb rw
            broken line

            """#.utf8) + Array("44 22 0:53 / /mnt/".utf8) + [0x90, 0xFF] + Array(" rw - fuse.sshfs z rw\n".utf8)

    @Test(
        "The longest mount point holds a path, of equal ones the last, whatever bytes are in its name",
        arguments: [
            ("/", "ext4"), ("/home/w", "ext4"), ("/mnt/nas", "nfs4"), ("/mnt/nas/w", "nfs4"), ("/mnt/nas2", "ext4"), ("/mnt/my share/w", "cifs"),
            ("/mnt/my share/a\\b/w", "xfs"), ("/mnt/my", "ext4"),
        ])
    func kinds(_ path: String, _ kind: String) {
        #expect(MountTable.kind(holding: Array(path.utf8), in: Self.table) == kind)
    }

    @Test("Mount points need not be UTF-8, and an empty table tells nothing")
    func bytes() {
        #expect(MountTable.kind(holding: Array("/mnt/".utf8) + [0x90, 0xFF] + Array("/w".utf8), in: Self.table) == "fuse.sshfs")
        #expect(MountTable.kind(holding: Array("/mnt/".utf8) + [0x90], in: Self.table) == "ext4")
        #expect(MountTable.kind(holding: Array("/w".utf8), in: []) == nil)
    }
}
