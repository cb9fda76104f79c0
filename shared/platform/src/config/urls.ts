import { MongoClient } from 'mongodb';
import { z } from 'zod';

/** What an address must be like. */
type UrlRule = Readonly<{
  /** Such as `nats`. */
  schemes: readonly string[];
  /** Whether it may say who is to be let in (`user:password@`). */
  letsIn?: boolean;
  /** Whether it may go on behind host and port. */
  path?: boolean;
}>;

const shown = (schemes: readonly string[]): string => schemes.map((scheme) => `${scheme}://`).join(' or ');
const parts = /^([a-z][a-z0-9+.-]*):\/\/(?:([^/?#]*)@)?([^/?#@]*)(.*)$/is;

/**
 * The scheme, host and port of an address, or what is wrong with it. No sentence repeats a value: some hold a password.
 */
function mistakeIn(text: string, { schemes, letsIn = false, path = false }: UrlRule): string | undefined {
  if (text !== text.trim()) return 'has white space around it';
  const [, scheme = '', user, hosts = '', rest = ''] = parts.exec(text) ?? [];
  if (!schemes.includes(scheme.toLowerCase())) return `must begin with ${shown(schemes)}`;
  if (user !== undefined && !letsIn) return 'must not hold a user or a password';
  if (/[\s\\]|[^\x21-\x7e]/.test(text)) return 'must be written in ASCII, without white space';
  // An @ behind the host may part a password that holds a bare / from its host: what stands before it is no host then.
  if (letsIn && rest.includes('@')) return 'must write / ? # and @ of a user or a password as %2F %3F %23 and %40';
  if (!path && !/^\/?$/.test(rest)) return 'must end with its host and port';
  return mistakeInHost(hosts);
}

function mistakeInHost(host: string): string | undefined {
  const [, name, , port] = /^(\[[0-9a-f:.]+\]|[^:[\]]*)(:(.*))?$/i.exec(host) ?? [];
  if (name === undefined || name === '' || !URL.canParse(`http://${name}`)) return 'must name a host';
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535))
    return 'must have a port from 1 to 65535';
  return undefined;
}

const checked = (rule: (text: string) => string | undefined) =>
  z.string().superRefine((text, context) => {
    const message = rule(text);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

/** One address. */
export const url = (rule: UrlRule) => checked((text) => mistakeIn(text, rule));

/** An HTTP address. It holds no credentials: fetch refuses them in an address. */
export const httpUrl = () => url({ schemes: ['http', 'https'], path: true });

/** Addresses of servers that are one for us, parted by commas. */
export const urls = (rule: UrlRule) =>
  checked((text) => {
    const all = itemsOf(text);
    if (all.length === 0) return `must begin with ${shown(rule.schemes)}`;
    return all.map((each) => mistakeIn(each, rule)).find((mistake) => mistake !== undefined);
  }).transform(itemsOf);

const itemsOf = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/**
 * An address of MongoDB: one host, or the hosts of a replica set parted by commas; `mongodb+srv` has one host and no
 * port.
 */
export const mongoUrl = () =>
  checked((text) => {
    const [, scheme = '', , hosts = ''] = parts.exec(text) ?? [];
    if (scheme.toLowerCase() === 'mongodb+srv' && /[,:]/.test(hosts))
      return 'with mongodb+srv must name one host, without a port';
    const mistake = mistakeInEach(text, { schemes: ['mongodb', 'mongodb+srv'], letsIn: true, path: true });
    return mistake ?? (takenByDriver(text) ? undefined : 'holds an option or a value that the MongoDB driver refuses');
  });

/** The first mistake of an address with several hosts, parted by commas. */
function mistakeInEach(text: string, rule: UrlRule): string | undefined {
  const [, , , hosts = ''] = parts.exec(text) ?? [];
  const each = hosts.split(',').filter((host) => host !== '');
  if (each.length === 0) return mistakeIn(text, rule) ?? 'must name a host';
  const alone = (host: string): string => text.replace(hosts, () => host);
  return each.map((host) => mistakeIn(alone(host), rule)).find((found) => found !== undefined);
}

const manyServers = ['redis+sentinel', 'rediss+sentinel', 'redis+cluster', 'rediss+cluster'];
const redisSchemes = ['redis', 'rediss', ...manyServers];

/**
 * An address of Redis: one server; Sentinels, parted by commas, with the name of the primary that they watch behind
 * them; or some servers of a cluster. With `rediss` nothing is sent without TLS.
 */
export const redisUrl = () =>
  checked((text) => {
    const rule = { schemes: redisSchemes, letsIn: true, path: true };
    const [, scheme = '', user = '', , rest = ''] = parts.exec(text) ?? [];
    const isOfMany = manyServers.includes(scheme.toLowerCase());
    const mistake = isOfMany ? mistakeInEach(text, rule) : mistakeIn(text, rule);
    if (mistake !== undefined || !isOfMany) return mistake;
    if (/%(?![0-9a-f]{2})/i.test(user)) return 'must write % of a user or a password as %25';
    if (scheme.toLowerCase().endsWith('+cluster'))
      return /^\/?$/.test(rest) ? undefined : 'must end with its hosts: a cluster has no database but the first';
    return /^\/[\w.-]+(\?[^?#]*)?$/.test(rest)
      ? undefined
      : 'must name the primary behind the Sentinels, such as /mymaster';
  });

/** Whether the driver can read an address. What it says of a mistake may repeat a value, so nobody hears it. */
function takenByDriver(text: string): boolean {
  try {
    new MongoClient(text);
    return true;
  } catch {
    return false;
  }
}

/** The hosts and ports of addresses, without credentials and paths: fit for a log. */
export const addressesOf = (...given: readonly string[]): string => given.map(addressOf).join(', ');

function addressOf(text: string): string {
  const [, , , hosts = '', rest = ''] = parts.exec(text) ?? [];
  return hosts === '' || rest.includes('@') ? '(no host)' : hosts;
}
