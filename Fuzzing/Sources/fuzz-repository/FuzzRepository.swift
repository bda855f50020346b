public import FuzzDriver

@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: UnsafeMutablePointer<Int32>, _ arguments: UnsafeMutablePointer<FuzzDriver.Arguments>)
  -> Int32
{
  FuzzDriver.begin(count, arguments) { FuzzRepository.check($0) }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 { FuzzDriver.take(data, size) }

enum FuzzRepository { static func check(_ bytes: [UInt8]) {} }
