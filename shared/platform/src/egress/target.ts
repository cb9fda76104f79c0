import { isIP } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from './addresses.ts';

/** Why a request may not leave. */
export type TargetRefusal = 'url' | 'scheme' | 'credentials' | 'port' | 'host' | 'address';

/** Where a request goes. `host` is a DNS name or an address, without brackets. */
export type Target = Readonly<{ url: URL; host: string; port: number; isTls: boolean }>;
export type ReadTarget =
  | Readonly<{ kind: 'target'; target: Target }>
  | Readonly<{ kind: 'refused'; reason: TargetRefusal }>;

export type TargetRules = Readonly<{
  /** Ports that may be called. */
  ports: readonly number[];
  /** Lets `http` and `https` at any port reach loopback, for modes that run on one machine. */
  allowLoopback: boolean;
}>;

const longest = 2_048;
/** A backslash, a control character or white space is read by some parsers as another URL. */
const odd = /[\s\p{C}\\]/u;
/** A DNS name with a dot, in the form that the URL parser leaves: lower case, Punycode. */
const dnsName = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Names that stand for a machine or a network of one's own (RFC 6761, RFC 6762, RFC 8375, RFC 9476 and habit). */
const ownNames = /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|corp|lan|home|arpa|test|invalid|onion|alt)$/;

const refused = (reason: TargetRefusal): ReadTarget => ({ kind: 'refused', reason });

/** Reads a URL that somebody else wrote. What it answers may be resolved; each address is checked again after that. */
export function readTarget(text: string, { ports, allowLoopback }: TargetRules): ReadTarget {
  if (text.length > longest || odd.test(text) || !URL.canParse(text)) return refused('url');
  const url = new URL(text);
  const isTls = url.protocol === 'https:';
  if (!isTls && url.protocol !== 'http:') return refused('scheme');
  if (url.username !== '' || url.password !== '' || /^[a-z]+:\/*[^/?#]*@/i.test(text)) return refused('credentials');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = Number(url.port || (isTls ? 443 : 80));
  const target = { url, host, port, isTls };
  if (allowLoopback && (host === 'localhost' || isLoopbackAddress(host))) return { kind: 'target', target };
  if (!isTls) return refused('scheme');
  if (!ports.includes(port)) return refused('port');
  if (isIP(host) !== 0) return isPublicAddress(host) ? { kind: 'target', target } : refused('address');
  return dnsName.test(host) && !ownNames.test(host) ? { kind: 'target', target } : refused('host');
}
