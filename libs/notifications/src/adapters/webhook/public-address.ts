/**
 * Where a webhook may lead: to public addresses only, so that a subscriber can not make this house knock at its own
 * inner doors. Decided on the address that is really connected to, since a name may resolve otherwise a moment later.
 */
import { lookup as resolve, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** The address is not one that a webhook may lead to. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
  readonly code = 'forbidden-address';
}

// RFC 6890 and the registries it names: special-purpose addresses, none of which is a partner on the internet.
const SPECIAL: readonly (readonly [address: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.31.196.0', 24, 'ipv4'],
  ['192.52.193.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['192.175.48.0', 24, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 4, 'ipv4'],
  ['240.0.0.0', 4, 'ipv4'],
];

// IPv6 is the other way round: only 2000::/3 is global unicast, less what is set apart or carries an IPv4 address.
const GLOBAL_UNICAST = listOf([['2000::', 3, 'ipv6']]);
const FORBIDDEN = listOf([
  ...SPECIAL,
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['3fff::', 20, 'ipv6'],
]);

function listOf(subnets: typeof SPECIAL): BlockList {
  const list = new BlockList();
  for (const [address, prefix, family] of subnets) list.addSubnet(address, prefix, family);
  return list;
}

/** Whether an IP address is public. IPv4 in IPv6 (mapped, compatible, 6to4, Teredo, NAT64) is not, whatever it maps. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !FORBIDDEN.check(address, 'ipv4');
  // A zone (fe80::1%eth0) belongs to link-local addresses only.
  return (
    family === 6 && !address.includes('%') && GLOBAL_UNICAST.check(address, 'ipv6') && !FORBIDDEN.check(address, 'ipv6')
  );
}

/** Ports that a webhook may lead to: what proxies in front of a partner listen on, no mail, shell or database. */
const PORTS = ['', '443', '8443'];

/**
 * Reads an address that a subscriber gave.
 * @param loopback the demo's setting: http or https to the own machine, any port, and nothing else beside the rule
 * @throws ForbiddenAddress saying which rule is broken, in a code
 */
export function webhookUrl(text: string, loopback: boolean): URL {
  if (!URL.canParse(text)) throw new ForbiddenAddress('not an address');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw new ForbiddenAddress('user information in the address');
  if (url.hash !== '') throw new ForbiddenAddress('a fragment in the address');
  if (loopback && isLoopbackName(url.hostname)) return url;
  if (url.protocol !== 'https:') throw new ForbiddenAddress('https only');
  if (!PORTS.includes(url.port)) throw new ForbiddenAddress('a port other than 443 and 8443');
  // A literal address is never looked up, so it is judged here.
  const literal = hostOf(url);
  if (isIP(literal) !== 0 && !isPublicAddress(literal)) throw new ForbiddenAddress('no public address');
  return url;
}

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');
const isLoopbackName = (hostname: string): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);

/** Resolves names; given, so that a test can say what a name resolves to. */
export type Resolve = (
  hostname: string,
  options: { all: true },
  answer: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[] | undefined) => void,
) => void;

/**
 * The look-up that a connection uses: it answers only where every address of the name is public, and the socket then
 * connects to one of those very addresses.
 */
export function publicLookup(resolveName: Resolve = resolve): LookupFunction {
  return (hostname, { all }, answer) => {
    resolveName(hostname, { all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null || addresses === undefined || first === undefined) {
        answer(error ?? new ForbiddenAddress('no address'), '', 0);
      } else if (!addresses.every(({ address }) => isPublicAddress(address)))
        answer(new ForbiddenAddress('no public address'), '', 0);
      else if (all === true) answer(null, addresses);
      else answer(null, first.address, first.family);
    });
  };
}
