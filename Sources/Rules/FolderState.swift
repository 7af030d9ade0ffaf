import Foundation

/// How a folder of rules looks from outside: names, sizes and times of change of its files, whose texts are not read.
package struct FolderState: Hashable, Sendable {
    private struct Look: Hashable {
        var name: String
        var size: Int?
        var changedAt: Date?
    }

    private let looks: [Look]

    package init(of folder: String) {
        looks = RuleFolder.names(in: folder).map { name in
            // What a link points to counts: a whole folder may be exchanged behind one.
            let path = URL(filePath: "\(folder)/\(name)").resolvingSymlinksInPath().path
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            return Look(
                name: name, size: attributes?[.size] as? Int, changedAt: attributes?[.modificationDate] as? Date)
        }
    }
}
