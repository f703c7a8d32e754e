import { BlockList, isIP } from 'node:net';

/** IPv4 that is not globally reachable unicast (IANA special-purpose registry, RFC 6890), and a cloud's metadata address outside it. */
const internalIPv4 = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24',
  '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24', '198.18.0.0/15', '198.51.100.0/24',
  '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4', '168.63.129.16/32',
];

/** Inside IPv6's global unicast: protocol assignments with Teredo and ORCHID, documentation, 6to4 (which embeds an IPv4 address). */
const internalIPv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

const internal = blockList([...internalIPv4, ...internalIPv6]);
const globalUnicastIPv6 = blockList(['2000::/3']);

/**
 * Whether a stranger may make us connect to this address. Of IPv6 only global unicast counts: loopback, link-local,
 * unique local, IPv4-mapped (`::ffff:10.0.0.1`) and NAT64 all lie outside it.
 */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !internal.check(address, 'ipv4');
  return version === 6 && globalUnicastIPv6.check(address, 'ipv6') && !internal.check(address, 'ipv6');
}

function blockList(subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = '', prefix] = subnet.split('/');
    list.addSubnet(network, Number(prefix), isIP(network) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
