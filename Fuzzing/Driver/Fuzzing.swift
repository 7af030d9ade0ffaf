import CFuzzer
import Foundation
import ReadingProperties
import Rules

/// Gives libFuzzer's inputs to the reader, and ends the process where a property does not hold.
///
/// Made by `make fuzz` only: the reader must be compiled for it, and its run time be linked.
@main
enum Fuzzing {
    /// Loaded once, before the first input; the rules are those of the working directory.
    private static let properties = (try? RuleFolder.load("rules")).map(ReadingProperties.init)

    static func main() {
        guard properties != nil else {
            FileHandle.standardError.write(Data("fuzzing: the folder rules cannot be loaded from here\n".utf8))
            exit(2)
        }
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        exit(LLVMFuzzerRunDriver(&count, &arguments) { octets, count in Fuzzing.check(octets, count) })
    }

    private static func check(_ octets: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        let input = Array(UnsafeBufferPointer(start: octets, count: count))
        guard let fault = properties?.fault(reading: input) else { return 0 }
        FileHandle.standardError.write(Data("fuzzing: \(fault)\n".utf8))
        abort()
    }
}
