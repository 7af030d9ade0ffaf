
import Yams

import ArgumentParser
import NIOPosix
@main struct Brevdue { static func main() { print("hi") } }
