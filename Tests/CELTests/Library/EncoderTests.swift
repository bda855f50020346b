import Testing

@Suite struct EncoderTests {
  @Test(
    "Base64 is written with padding and read with or without",
    arguments: [
      Expectation("base64.encode(b'')", is: "''"), Expectation("base64.encode(b'f')", is: "'Zg=='"),
      Expectation("base64.encode(b'fo')", is: "'Zm8='"), Expectation("base64.encode(b'foo')", is: "'Zm9v'"),
      Expectation("base64.encode(b'\\xff\\xfe\\xfb')", is: "'//77'"),
      Expectation("base64.encode(b'foobar')", is: "'Zm9vYmFy'"),
      Expectation("base64.decode('')", is: ""), Expectation("base64.decode('Zg==')", is: "f"),
      Expectation("base64.decode('Zg')", is: "f"), Expectation("base64.decode('Zm8=')", is: "fo"),
      Expectation("base64.decode('Zm9v\\nYmFy\\r\\n')", is: "foobar"),
      Expectation("base64.decode('//77') == b'\\xff\\xfe\\xfb'", is: "true"),
      Expectation("base64.decode('Z')", is: "error invalidArgument"),
      Expectation("base64.decode('Zg=')", is: "error invalidArgument"),
      Expectation("base64.decode('Zg===')", is: "error invalidArgument"),
      Expectation("base64.decode('=')", is: "error invalidArgument"),
      Expectation("base64.decode('Z=g=')", is: "error invalidArgument"),
      Expectation("base64.decode('Zm 9v')", is: "error invalidArgument"),
      Expectation("base64.decode('Zm-_')", is: "error invalidArgument"),
    ])
  func base64(item: Expectation) { item.verify() }
}
