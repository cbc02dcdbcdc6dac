/// The bytes of one content, lent for one call: from memory, or from a mapped file that may be larger than memory.
typealias ContentBytes = UnsafeBufferPointer<UInt8>
