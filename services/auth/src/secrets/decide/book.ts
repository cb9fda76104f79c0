import { secretAheadDaysMax, secretsMax } from '@vox/contracts';
import type { Stamp } from '../../tenants/mod.ts';

/** A key that values are sealed under, wrapped under a master key. */
export type DataKey = Readonly<{ id: string; wrapped: string; createdAtMs: number }>;

/** A value that is sealed under the data key of this id. */
export type Sealed = Readonly<{ keyId: string; text: string }>;

/**
 * A value with the hosts that it may be sent to. Whoever gave the value named them: nobody can have a value that they
 * do not know sent to a host of their own.
 */
export type Version = Readonly<{
  version: number;
  sealed: Sealed;
  hosts: readonly string[];
  createdAtMs: number;
  inForceFromMs: number;
}>;

export type KeptSecret = Readonly<{
  name: string;
  createdAtMs: number;
  lastUsedAtMs: number | null;
  /** The newest first. Two at most: the second is in force, or was until just now. */
  versions: readonly Version[];
}>;

export type SecretChange = 'created' | 'rotated' | 'hosts-set' | 'removed';
/** A change that is still to be published. */
export type BookEntry = Stamp &
  Readonly<{ name: string; version: number; change: SecretChange; hosts: readonly string[] }>;

/**
 * The secrets of a tenant, the keys that they stand under, and its outbox. It is one document, so that no write of one
 * secret overtakes the change of the key that it stands under.
 */
export type SecretBook = Readonly<{
  tenantId: string;
  /** The newest first. What is sealed anew stands under it. */
  dataKeys: readonly DataKey[];
  secrets: readonly KeptSecret[];
  untold: readonly BookEntry[];
}>;

export const emptyBook = (tenantId: string): SecretBook => ({ tenantId, dataKeys: [], secrets: [], untold: [] });

export type BookDecision =
  | Readonly<{
      kind: 'change';
      secrets: readonly KeptSecret[];
      what: Pick<BookEntry, 'name' | 'version' | 'change' | 'hosts'>;
    }>
  | Readonly<{ kind: 'exists' | 'too many' | 'no secret' | 'other version' | 'not ahead' | 'new host' }>;

/** A version that was replaced is kept for so long: a copy whose clock is behind still goes by it. */
const formerKeptMs = 60_000;
const aheadMaxMs = secretAheadDaysMax * 86_400_000;

type Secrets = Pick<SecretBook, 'secrets'>;
export const secretIn = ({ secrets }: Secrets, name: string): KeptSecret | undefined =>
  secrets.find((each) => each.name === name);

/** The version that is sent at a moment. There always is one. */
export function versionInForce({ versions }: Pick<KeptSecret, 'versions'>, nowMs: number): Version {
  const found = versions.find(({ inForceFromMs }) => inForceFromMs <= nowMs) ?? versions.at(-1);
  if (found === undefined) throw new RangeError('a secret has no version');
  return found;
}

const newestOf = ({ versions }: KeptSecret): number => versions[0]?.version ?? 0;
const hostsOf = ({ versions }: KeptSecret): readonly string[] => versions[0]?.hosts ?? [];

type NewSecret = Readonly<{ name: string; hosts: readonly string[]; sealed: Sealed }>;

export function createSecret(book: Secrets, { name, hosts, sealed }: NewSecret, nowMs: number): BookDecision {
  if (secretIn(book, name) !== undefined) return { kind: 'exists' };
  if (book.secrets.length >= secretsMax) return { kind: 'too many' };
  const versions = [{ version: 1, sealed, hosts, createdAtMs: nowMs, inForceFromMs: nowMs }];
  const created: KeptSecret = { name, createdAtMs: nowMs, lastUsedAtMs: null, versions };
  return { kind: 'change', secrets: [...book.secrets, created], what: { name, version: 1, change: 'created', hosts } };
}

type Seen = Readonly<{ name: string; ifVersion?: number | undefined }>;
type NewVersion = Seen &
  Readonly<{ sealed: Sealed; hosts?: readonly string[] | undefined; inForceFromMs?: number | undefined }>;

/** The version that is in force stays until the new one is. One that was still to come gives way. */
export function rotateSecret(book: Secrets, wanted: NewVersion, nowMs: number): BookDecision {
  const { sealed, hosts, inForceFromMs = nowMs } = wanted;
  if (wanted.inForceFromMs !== undefined && (inForceFromMs <= nowMs || inForceFromMs > nowMs + aheadMaxMs))
    return { kind: 'not ahead' };
  return changing(book, wanted, 'rotated', (known) => {
    const kept = { hosts: hosts ?? hostsOf(known), createdAtMs: nowMs, inForceFromMs };
    const next = { version: newestOf(known) + 1, sealed, ...kept };
    return { ...known, versions: [next, versionInForce(known, nowMs)] };
  });
}

/** Takes hosts away from every version that is kept. A host that is new needs the value again: a rotation. */
export function setHosts(book: Secrets, seen: Seen, hosts: readonly string[]): BookDecision {
  const known = secretIn(book, seen.name);
  if (known !== undefined && hosts.some((host) => !hostsOf(known).includes(host))) return { kind: 'new host' };
  return changing(book, seen, 'hosts-set', (secret) => ({
    ...secret,
    versions: secret.versions.map((each) => ({ ...each, hosts: each.hosts.filter((host) => hosts.includes(host)) })),
  }));
}

export function removeSecret(book: Secrets, name: string): BookDecision {
  const known = secretIn(book, name);
  if (known === undefined) return { kind: 'no secret' };
  const what = { name, version: newestOf(known), change: 'removed', hosts: [] } as const;
  return { kind: 'change', secrets: book.secrets.filter((each) => each !== known), what };
}

function changing(
  book: Secrets,
  { name, ifVersion }: Seen,
  change: SecretChange,
  next: (known: KeptSecret) => KeptSecret,
): BookDecision {
  const known = secretIn(book, name);
  if (known === undefined) return { kind: 'no secret' };
  if (ifVersion !== undefined && ifVersion !== newestOf(known)) return { kind: 'other version' };
  const changed = next(known);
  const secrets = book.secrets.map((each) => (each === known ? changed : each));
  return { kind: 'change', secrets, what: { name, version: newestOf(changed), change, hosts: hostsOf(changed) } };
}

/** When the version that was replaced is forgotten. */
const formerDueAtMs = ({ versions: [newest, former] }: KeptSecret): number | undefined =>
  newest !== undefined && former !== undefined ? newest.inForceFromMs + formerKeptMs : undefined;

/** The book without the values that were replaced a while ago, or the same book when there are none. */
export function withoutFormer(book: SecretBook, nowMs: number): SecretBook {
  const isOver = (each: KeptSecret): boolean => (formerDueAtMs(each) ?? Number.POSITIVE_INFINITY) <= nowMs;
  if (!book.secrets.some(isOver)) return book;
  const secrets = book.secrets.map((each) => (isOver(each) ? { ...each, versions: each.versions.slice(0, 1) } : each));
  return { ...book, secrets };
}

/** When a sweep looks at the book: to publish what is left, and to forget a value that was replaced. */
export function bookDueAtMs({ untold, secrets }: SecretBook): number | undefined {
  const due = [...untold.map(({ atMs }) => atMs), ...secrets.map(formerDueAtMs)].filter((ms) => ms !== undefined);
  return due.length === 0 ? undefined : Math.min(...due);
}

/** The book after uses, or `undefined` when they are known. */
export function withUses(book: SecretBook, usedAtMs: ReadonlyMap<string, number>): SecretBook | undefined {
  const isNewer = ({ name, lastUsedAtMs }: KeptSecret): boolean => (usedAtMs.get(name) ?? 0) > (lastUsedAtMs ?? 0);
  if (!book.secrets.some(isNewer)) return undefined;
  const secrets = book.secrets.map((each) =>
    isNewer(each) ? { ...each, lastUsedAtMs: usedAtMs.get(each.name) ?? null } : each,
  );
  return { ...book, secrets };
}
