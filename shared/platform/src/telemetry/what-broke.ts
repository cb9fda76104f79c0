import { Fault, Reason } from '../fault/mod.ts';
import { type Broken, byClass, byCode, byMailCode, byMessage, byStatus, settingOf } from './known-errors.ts';
import { byMongoCode, byNatsCode, byReply } from './known-server-errors.ts';

/** What a log may tell of an error, in our own words. It holds nothing of the error's own text. */
export type WhatBroke = Readonly<{
  /** The dependency, if the error tells. */
  dependency?: string | undefined;
  /** What happened. */
  says: string;
  /** The host and port that were tried, without credentials. */
  tried?: string | undefined;
  /** What an operator should check. */
  check?: string | undefined;
}>;

type Foreign = Readonly<{
  code?: unknown;
  status?: unknown;
  address?: unknown;
  hostname?: unknown;
  port?: unknown;
  operation?: unknown;
  subject?: unknown;
  errors?: unknown;
  reason?: Readonly<{ servers?: ReadonlyMap<string, Readonly<{ error?: unknown }>> }>;
}>;

const most = 16;
export const classOf = (error: Error): string => {
  const name = error.constructor === Error || error.name !== 'Error' ? error.name : error.constructor.name;
  return /^[A-Za-z][A-Za-z0-9_]{0,60}$/.test(name) ? name : 'Error';
};

/**
 * An error and its causes, the outermost first: causes, the attempts of one connection, and what a driver knows of each
 * of its servers.
 */
export function chainOf(error: unknown): readonly Error[] {
  const found: Error[] = [];
  const queue: unknown[] = [error];
  while (queue.length > 0 && found.length < most) {
    const next = queue.shift();
    if (!(next instanceof Error) || found.includes(next)) continue;
    found.push(next);
    const { errors, reason } = next as Foreign;
    queue.push(next.cause, ...(Array.isArray(errors) ? errors : []));
    if (reason?.servers instanceof Map) for (const { error: inner } of reason.servers.values()) queue.push(inner);
  }
  return found;
}

/**
 * What we know of a foreign error. Drivers put URIs with passwords, documents and requests into their messages, so the
 * words are ours, chosen by class and code from a closed list. `undefined` when the list has neither.
 */
export function whatBroke(error: unknown, named?: string): WhatBroke | undefined {
  const chain = chainOf(error);
  const known = chain.map(brokenOf).filter((each) => each !== undefined);
  // The innermost error knows best what happened; an outer one knows to which dependency.
  const best = known.findLast(({ says }) => says !== undefined);
  const dependency = named ?? known.find((each) => each.dependency !== undefined)?.dependency;
  const reason = chain.findLast((each) => each instanceof Reason)?.message;
  const says = best?.says ?? reason;
  if (says === undefined) return undefined;
  const tried = chain.map(addressOf).findLast((each) => each !== undefined);
  const check = (best?.check ?? known.findLast((each) => each.check)?.check)?.replace(
    '{setting}',
    settingOf(dependency),
  );
  return { dependency, says: `${says}${rightOf(chain)}`, tried, check };
}

function brokenOf(error: Error): Broken | undefined {
  const { code, status } = error as Foreign;
  const name = classOf(error);
  if (name === 'ReplyError') return byReply(/^[A-Z]{2,20}\b/.exec(error.message)?.[0]);
  if (name.startsWith('Mongo') && typeof code === 'number' && byMongoCode[code]) return byMongoCode[code];
  if (name === 'JetStreamApiError' && typeof code === 'number' && byNatsCode[code]) return byNatsCode[code];
  const ofCode = typeof code === 'string' ? (byCode[code] ?? byMailCode[code]) : undefined;
  const ofClass = byClass[name] ?? (name.startsWith('Mongo') ? { dependency: 'mongodb' } : undefined);
  if (name === 'ProviderFailure' || !ofClass?.statuses) return merged(ofClass, ofCode ?? byMessage[error.message]);
  return merged(ofClass, typeof status === 'number' ? byStatus(status) : undefined);
}

/** The dependency that a class names, and the event that a code names. */
const merged = (one: Broken | undefined, other: Broken | undefined): Broken | undefined =>
  one === undefined && other === undefined ? undefined : { ...one, ...other };

const isHost = (text: unknown): text is string => typeof text === 'string' && /^[A-Za-z0-9._:%-]{1,255}$/.test(text);

/** The address of a connection, as the system or a driver gives it. */
function addressOf(error: Error): string | undefined {
  const { address, hostname, port, reason } = error as Foreign;
  const host = isHost(address) ? address : hostname;
  if (isHost(host)) return typeof port === 'number' ? `${host.includes(':') ? `[${host}]` : host}:${port}` : host;
  if (!(reason?.servers instanceof Map)) return undefined;
  return [...reason.servers.keys()].filter(isHost).slice(0, 5).join(', ') || undefined;
}

/** The missing right. A subject name is our own; after the kind of a fact it holds ids, which are left out. */
function rightOf(chain: readonly Error[]): string {
  const violation = chain.find((each) => classOf(each) === 'PermissionViolationError') as Foreign | undefined;
  const { operation, subject } = violation ?? {};
  if (typeof subject !== 'string' || !/^[A-Za-z0-9_.$*>-]{1,256}$/.test(subject)) return '';
  return `: ${operation === 'subscription' ? 'to hear' : 'to say'} ${kindOf(subject)}`;
}

/** A subject name without its ids. */
function kindOf(subject: string): string {
  const parts = subject.split('.');
  const [first, second] = parts;
  const ours = first === '$JS' ? 6 : first === '$KV' || first === '_INBOX' ? 2 : second === 'ask' ? 4 : 3;
  return parts.length > ours ? `${parts.slice(0, ours).join('.')}.…` : subject;
}

/** Whether an error means that a dependency is down, and not that the request was wrong. */
export const isOutage = (error: unknown): boolean =>
  chainOf(error).some((each) => {
    if (each instanceof Fault) return each.code === 'UNAVAILABLE' || each.code === 'UPSTREAM_UNAVAILABLE';
    return brokenOf(each)?.says !== undefined;
  });
