import CEL
import Testing

@Suite struct NetworkTests {
  @Test(
    "Addresses are read strictly",
    arguments: [
      Expectation("isIP('10.0.0.255')", is: "true"), Expectation("isIP('10.0.0.256')", is: "false"),
      Expectation("isIP('10.0.0.01')", is: "false"), Expectation("isIP('10.0.0')", is: "false"),
      Expectation("isIP('10.0.0.')", is: "false"), Expectation("isIP('10..0.0')", is: "false"),
      Expectation("isIP('+1.0.0.0')", is: "false"), Expectation("isIP('')", is: "false"),
      Expectation("isIP(' 1.1.1.1')", is: "false"), Expectation("isIP('1.1.1.1/8')", is: "false"),
      Expectation("isIP('::')", is: "true"), Expectation("isIP(':')", is: "false"),
      Expectation("isIP(':::')", is: "false"),
      Expectation("isIP('1:2:3:4:5:6:7:8')", is: "true"), Expectation("isIP('1:2:3:4:5:6:7')", is: "false"),
      Expectation("isIP('1:2:3:4:5:6:7:8:9')", is: "false"), Expectation("isIP('1:2:3:4:5:6:7::')", is: "true"),
      Expectation("isIP('1:2:3:4:5:6:7:8::')", is: "false"), Expectation("isIP('1::2::3')", is: "false"),
      Expectation("isIP('::1:')", is: "false"), Expectation("isIP(':1::')", is: "false"),
      Expectation("isIP('12345::')", is: "false"), Expectation("isIP('g::')", is: "false"),
      Expectation("isIP('fe80::1%eth0')", is: "false"), Expectation("isIP('64:ff9b::192.0.2.33')", is: "true"),
      Expectation("isIP('::ffff:192.0.2.33')", is: "false"),
      Expectation("isIP('1:2:3:4:5:6:7:192.0.2.33')", is: "false"),
      Expectation("isIP('192.0.2.33::')", is: "false"),
      Expectation("ip('localhost' + '')", is: "error invalidArgument"),
      Expectation("isCIDR('10.0.0.1/8')", is: "true"), Expectation("isCIDR('10.0.0.0/33')", is: "false"),
      Expectation("isCIDR('10.0.0.0/08')", is: "false"), Expectation("isCIDR('10.0.0.0')", is: "false"),
      Expectation("isCIDR('10.0.0.0/-1')", is: "false"), Expectation("isCIDR('10.0.0.0/8/8')", is: "false"),
      Expectation("isCIDR('::/128')", is: "true"), Expectation("isCIDR('::/129')", is: "false"),
      Expectation("isCIDR('::ffff:c0a8:1/120')", is: "false"),
      Expectation("cidr('x' + '')", is: "error invalidArgument"),
    ])
  func reading(item: Expectation) { item.verify() }

  @Test(
    "An address is written in its one canonical way",
    arguments: [
      Expectation("string(ip('2001:DB8:0:0:1:0:0:1'))", is: "'2001:db8::1:0:0:1'"),
      Expectation("string(ip('0:0:0:0:0:0:0:0'))", is: "'::'"),
      Expectation("string(ip('0:0:0:0:0:0:0:1'))", is: "'::1'"),
      Expectation("string(ip('1:0:0:0:0:0:0:0'))", is: "'1::'"),
      Expectation("string(ip('1:0:2:3:4:5:6:7'))", is: "'1:0:2:3:4:5:6:7'"),
      Expectation("string(ip('1:0:0:2:0:0:0:3'))", is: "'1:0:0:2::3'"),
      Expectation("string(ip('64:ff9b::192.0.2.33'))", is: "'64:ff9b::c000:221'"),
      Expectation("string(ip('::ffff:c0a8:1'))", is: "'192.168.0.1'"),
      Expectation("string(cidr('2001:DB8::/32'))", is: "'2001:db8::/32'"),
      Expectation("ip.isCanonical('2001:db8::1')", is: "true"),
      Expectation("ip.isCanonical('2001:DB8::1')", is: "false"),
      Expectation("ip.isCanonical('2001:db8:0::1')", is: "false"),
      Expectation("ip.isCanonical('127.0.0.1')", is: "true"),
      Expectation("ip.isCanonical('nowhere' + '')", is: "error invalidArgument"),
    ])
  func writing(item: Expectation) { item.verify() }

  @Test(
    "An address tells what it is for",
    arguments: [
      Expectation("ip('127.255.0.1').isLoopback()", is: "true"),
      Expectation("ip('128.0.0.1').isLoopback()", is: "false"),
      Expectation("ip('::1').isLoopback()", is: "true"), Expectation("ip('::2').isLoopback()", is: "false"),
      Expectation("ip('10.1.2.3').isGlobalUnicast()", is: "true"),
      Expectation("ip('255.255.255.255').isGlobalUnicast()", is: "false"),
      Expectation("ip('239.1.1.1').isGlobalUnicast()", is: "false"),
      Expectation("ip('::').isGlobalUnicast()", is: "false"),
      Expectation("ip('fe80::1').isGlobalUnicast()", is: "false"),
      Expectation("ip('2001:db8::1').isGlobalUnicast()", is: "true"),
      Expectation("ip('febf::1').isLinkLocalUnicast()", is: "true"),
      Expectation("ip('fec0::1').isLinkLocalUnicast()", is: "false"),
      Expectation("ip('224.0.0.255').isLinkLocalMulticast()", is: "true"),
      Expectation("ip('ff12::1').isLinkLocalMulticast()", is: "true"),
      Expectation("ip('ff05::1').isLinkLocalMulticast()", is: "false"),
      Expectation("ip('0.0.0.1').isUnspecified()", is: "false"), Expectation("ip('::ffff:a00:1').family()", is: "4"),
    ])
  func kinds(item: Expectation) { item.verify() }

  @Test(
    "A network holds the addresses and networks behind its prefix",
    arguments: [
      Expectation("cidr('10.0.0.0/8').containsIP('10.255.255.255')", is: "true"),
      Expectation("cidr('10.0.0.0/8').containsIP('11.0.0.0')", is: "false"),
      Expectation("cidr('10.0.0.0/8').containsIP('::')", is: "false"),
      Expectation("cidr('0.0.0.0/0').containsIP('255.1.2.3')", is: "true"),
      Expectation("cidr('0.0.0.0/0').containsIP(ip('::ffff:c0a8:1'))", is: "true"),
      Expectation("cidr('::/0').containsIP('255.1.2.3')", is: "false"),
      Expectation("cidr('::/0').containsIP('1::')", is: "true"),
      Expectation("cidr('10.0.0.0/8').containsIP('x' + '')", is: "error invalidArgument"),
      Expectation("cidr('10.0.0.0/8').containsCIDR('10.2.0.0/16')", is: "true"),
      Expectation("cidr('10.2.0.0/16').containsCIDR('10.0.0.0/8')", is: "false"),
      Expectation("cidr('10.0.0.0/8').containsCIDR(cidr('::/16'))", is: "false"),
      Expectation("cidr('10.0.0.0/8').containsCIDR('10.0.0.0' + '')", is: "error invalidArgument"),
      Expectation("cidr('10.1.2.3/8').masked() == cidr('10.0.0.0/8')", is: "true"),
      Expectation("cidr('10.1.2.3/8') == cidr('10.0.0.0/8')", is: "false"),
      Expectation("cidr('10.1.2.3/0').masked()", is: "0.0.0.0/0"),
      Expectation("cidr('1::1/128').masked()", is: "1::1/128"),
      Expectation("cidr('1::1/0').masked()", is: "::/0"), Expectation("cidr('1::1/64').prefixLength()", is: "64"),
      Expectation("cidr('10.1.2.3/8').ip()", is: "10.1.2.3"), Expectation("cidr('10.0.0.0/8').isMask()", is: "true"),
      Expectation("cidr('10.0.0.1/8').isMask()", is: "false"),
    ])
  func networks(item: Expectation) { item.verify() }

  @Test(
    "Addresses are values: compared, found in lists, told apart by type",
    arguments: [
      Expectation("[ip('::1'), ip('0:0:0:0:0:0:0:1'), ip('1.1.1.1')].distinct().size()", is: "2"),
      Expectation("ip('10.0.0.1') in [ip('10.0.0.2'), ip('10.0.0.1')]", is: "true"),
      Expectation("sets.contains([cidr('::/1'), cidr('::/2')], [cidr('0::/2')])", is: "true"),
      Expectation("type(ip('::1')) == net.IP", is: "true"), Expectation("type(cidr('::/1')) == net.IP", is: "false"),
      Expectation("ip('::1')", is: "::1"), Expectation("optional.of(ip('::1')) == optional.of(ip('::1'))", is: "true"),
    ])
  func values(item: Expectation) { item.verify() }

  @Test("The checker knows the types of addresses")
  func types() {
    let bench = Workbench()
    #expect(bench.type("ip('::1')") == "net.IP")
    #expect(bench.type("cidr('::/1').masked()") == "net.CIDR")
    #expect(bench.type("net.CIDR") == "type(net.CIDR)")
    #expect(bench.problems("ip('::1') == '::1'").count == 1)
    #expect(bench.problems("ip('::1') == cidr('::/1')").count == 1)
    #expect(
      bench.problems("[ip('::1')].sort()") == [
        "unordered at \"sort\": `sort` needs values that have an order, and these are net.IP"
      ])
  }

  @Test(
    "A literal that is no address is a mistake of the expression",
    arguments: [
      ("ip('10.0.0.256')", "invalid-address at \"'10.0.0.256'\": `10.0.0.256` is no IP address"),
      ("ip.isCanonical('x')", "invalid-address at \"'x'\": `x` is no IP address"),
      ("cidr('10.0.0.0')", "invalid-address at \"'10.0.0.0'\": `10.0.0.0` is no CIDR"),
      ("cidr('::/0').containsIP('x')", "invalid-address at \"'x'\": `x` is no IP address"),
      ("cidr('::/0').containsCIDR('::')", "invalid-address at \"'::'\": `::` is no CIDR"),
    ])
  func literals(text: String, problem: String) {
    let found = Workbench().problems(text)
    #expect(found.count == 1 && found[0].hasPrefix(problem), "\(found)")
  }
}
