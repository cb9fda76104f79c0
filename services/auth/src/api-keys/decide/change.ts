import { keyActor, type Role, scopesOfRole } from '@vox/contracts';
import type { Stamp } from '../../tenants/mod.ts';
import { type ApiKeyEvent, type ApiKeyRing, isLiving, type KeptApiKey, listedMax, livingMax } from './ring.ts';

/** What a decision makes of a tenant's keys. */
export type RingDecision =
  | Readonly<{ kind: 'change'; ring: ApiKeyRing; key: KeptApiKey }>
  | Readonly<{ kind: 'unchanged'; key: KeptApiKey }>
  | Readonly<{ kind: 'refused'; why: 'no-key' | 'rotated' | 'too-many' | 'more-than-own' | 'expiry' }>;

const refused = (why: Extract<RingDecision, { kind: 'refused' }>['why']): RingDecision => ({ kind: 'refused', why });

const told = (
  ring: ApiKeyRing,
  { id, by, traceparent, atMs: nowMs }: Stamp,
  ...events: readonly (ApiKeyEvent & { atMs?: number })[]
): ApiKeyRing => ({
  ...ring,
  unpublished: [
    ...ring.unpublished,
    ...events.map(({ atMs = nowMs, ...what }, index) => ({
      ...{ by, traceparent, atMs },
      id: index === 0 ? id : `${id}:${index}`,
      what: what as ApiKeyEvent,
    })),
  ],
});

/** Who changes the keys, when, and as what where it is a member. */
export type Giver = Stamp & Readonly<{ role?: Role | undefined }>;

/** Whether somebody acts who has less than they would give: then they would give it to themselves. */
function givesMoreThanOwn({ keys }: ApiKeyRing, { by, role }: Giver, given: KeptApiKey): boolean {
  if (role !== undefined && !given.scopes.every((scope) => scopesOfRole(role).includes(scope))) return true;
  if (!by.actor.startsWith('key:')) return false;
  const own = keys.find(({ keyId }) => by.actor === keyActor(keyId));
  if (own === undefined || !given.scopes.every((scope) => own.scopes.includes(scope))) return true;
  if (own.expiresAtMs !== null && (given.expiresAtMs ?? Number.POSITIVE_INFINITY) > own.expiresAtMs) return true;
  const isWithin = given.networks.length > 0 && given.networks.every((each) => own.networks.includes(each));
  return own.networks.length > 0 && !isWithin;
}

/** The keys with one more. The dead one that was made first goes where there would be too many to list. */
function withKey(keys: readonly KeptApiKey[], key: KeptApiKey, nowMs: number): readonly KeptApiKey[] {
  const gone = keys.length < listedMax ? undefined : keys.find((each) => !isLiving(each, nowMs));
  return [...keys.filter((each) => each !== gone), key];
}

export function addKey(ring: ApiKeyRing, key: KeptApiKey, stamp: Giver): RingDecision {
  if (ring.keys.filter((each) => isLiving(each, stamp.atMs)).length >= livingMax) return refused('too-many');
  if (givesMoreThanOwn(ring, stamp, key)) return refused('more-than-own');
  if (!isLiving(key, stamp.atMs)) return refused('expiry');
  const keys = withKey(ring.keys, key, stamp.atMs);
  return { kind: 'change', key, ring: told({ ...ring, keys }, stamp, { kind: 'created', keyId: key.keyId }) };
}

type NewHalf = Pick<KeptApiKey, 'keyId' | 'hash' | 'signing' | 'createdAtMs' | 'expiresAtMs'>;

/**
 * Gives a living key a successor of the same scopes and networks. The old key dies when its grace ends, and never later
 * than it would have without. A key has one successor: a second would be a key that nobody asked for by that name.
 */
export function rotateKey(
  ring: ApiKeyRing,
  { keyId, graceEndsAtMs, half }: Readonly<{ keyId: string; graceEndsAtMs: number; half: NewHalf }>,
  stamp: Giver,
): RingDecision {
  const old = ring.keys.find((each) => each.keyId === keyId);
  if (old === undefined || !isLiving(old, stamp.atMs)) return refused('no-key');
  if (old.successor !== null) return refused('rotated');
  const key: KeptApiKey = { ...old, ...half, lastUsedAtMs: null };
  if (givesMoreThanOwn(ring, stamp, key)) return refused('more-than-own');
  if (!isLiving(key, stamp.atMs)) return refused('expiry');
  const endsAtMs = Math.min(old.expiresAtMs ?? graceEndsAtMs, graceEndsAtMs);
  const ending = { ...old, expiresAtMs: endsAtMs, successor: key.keyId };
  const keys = ring.keys.map((each) => (each === old ? ending : each));
  const living = keys.filter((each) => isLiving(each, stamp.atMs)).length;
  // While a grace lasts there are more than may be created.
  if (living >= 2 * livingMax) return refused('too-many');
  const changed = { ...ring, keys: withKey(keys, key, stamp.atMs) };
  const rotated = { kind: 'rotated', keyId, successor: key.keyId, graceEndsAtMs: endsAtMs } as const;
  return {
    kind: 'change',
    key,
    ring: told(changed, stamp, rotated, { kind: 'grace-ended', keyId, atMs: endsAtMs }),
  };
}

/** Kills a key for ever. It stays listed, without its hash and its signing secret. */
export function revokeKey(ring: ApiKeyRing, keyId: string, stamp: Stamp): RingDecision {
  const old = ring.keys.find((each) => each.keyId === keyId);
  if (old === undefined) return refused('no-key');
  if (old.revokedAtMs !== null) return { kind: 'unchanged', key: old };
  const signing: KeptApiKey['signing'] =
    old.signing.method === 'ed25519' ? old.signing : { method: 'hmac-sha256', sealed: '' };
  const key: KeptApiKey = { ...old, revokedAtMs: stamp.atMs, hash: '', signing };
  const keys = ring.keys.map((each) => (each === old ? key : each));
  return { kind: 'change', key, ring: told({ ...ring, keys }, stamp, { kind: 'revoked', keyId }) };
}

/** The ring without the entries that were published. */
export function withoutPublished(ring: ApiKeyRing, ids: ReadonlySet<string>): ApiKeyRing {
  return { ...ring, unpublished: ring.unpublished.filter(({ id }) => !ids.has(id)) };
}

/** Notes when keys were used last. `undefined` where that says nothing new. */
export function withUses(ring: ApiKeyRing, usedAtMs: ReadonlyMap<string, number>): ApiKeyRing | undefined {
  const isNewer = ({ keyId, lastUsedAtMs }: KeptApiKey): boolean => (usedAtMs.get(keyId) ?? 0) > (lastUsedAtMs ?? 0);
  if (!ring.keys.some(isNewer)) return undefined;
  const keys = ring.keys.map((key) => (isNewer(key) ? { ...key, lastUsedAtMs: usedAtMs.get(key.keyId) ?? null } : key));
  return { ...ring, keys };
}
