import { seal, unseal } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import type { OpenKeys, TenantKeys, Wrapped } from '../decide/keys.ts';
import type { MasterKeys } from './master-keys.ts';
import type { TenantKeyStore } from './tenant-keys.ts';

export type KeyRingDependencies = Readonly<{
  masterKeys: MasterKeys;
  tenantKeys: TenantKeyStore;
  clock: Clock;
  random: (size: number) => Uint8Array;
}>;

/** Keys under the master keys. What is wrapped for a place opens at that place alone. */
export type KeyRing = Readonly<{
  /** Wraps under the newest master key. */
  wrap: (place: string, key: Uint8Array) => Wrapped;
  /** `undefined` when its master key is not at hand, or place or bytes are others. */
  unwrap: (place: string, wrapped: Wrapped) => Uint8Array | undefined;
  /** The two keys of a tenant, made on first need. Throws Fault UNAVAILABLE when no master key at hand opens them. */
  keysOf: (tenantId: string) => Promise<OpenKeys>;
  /** Puts a tenant's keys under the newest master key. `left` when they do not open. */
  rewrap: (tenantId: string) => Promise<'rewrapped' | 'newest' | 'left'>;
}>;

export const keyBytes = 32;
/** Long enough for a burst of calls, short enough that memory holds keys of busy tenants only. */
const heldMs = 60_000;
const heldMax = 10_000;

export const encoded = (key: Uint8Array): string => Buffer.from(key).toString('base64url');
export const decoded = (text: string): Uint8Array => Buffer.from(text, 'base64url');
export const placeOfReceiptKey = (kid: string): string => `receipt:${kid}`;
const places = (tenantId: string) => ({ data: `tenant:${tenantId}:data`, index: `tenant:${tenantId}:index` });

export function keyRing({ masterKeys, tenantKeys, clock, random }: KeyRingDependencies): KeyRing {
  const held = new Map<string, OpenKeys & { untilMs: number }>();
  /** Whoever needs a tenant's keys while they are being fetched waits for that one answer: they are one document. */
  const asking = new Map<string, Promise<OpenKeys>>();

  const wrap: KeyRing['wrap'] = (place, key) => {
    const { kid, key: master } = masterKeys.current();
    return { kid, sealed: seal(master, place, encoded(key), random) };
  };
  const unwrap: KeyRing['unwrap'] = (place, { kid, sealed }) => {
    const master = masterKeys.find(kid);
    const text = master && unseal(master.key, place, sealed);
    return text === undefined ? undefined : decoded(text);
  };
  const opened = (tenantId: string, keys: TenantKeys): OpenKeys | undefined => {
    const at = places(tenantId);
    const [data, index] = [unwrap(at.data, keys.data), unwrap(at.index, keys.index)];
    return data && index && { data, index };
  };
  const wrapped = (tenantId: string, { data, index }: OpenKeys): TenantKeys => {
    const at = places(tenantId);
    return { data: wrap(at.data, data), index: wrap(at.index, index) };
  };

  async function ask(tenantId: string): Promise<OpenKeys> {
    const nowMs = clock.now().getTime();
    const born = wrapped(tenantId, { data: random(keyBytes), index: random(keyBytes) });
    const { state: stored } = await tenantKeys.decideOnce(tenantId, { propose: () => born });
    const keys = opened(tenantId, stored);
    if (keys === undefined)
      throw new Fault('UNAVAILABLE', {}, { cause: new Error('no master key at hand opens the keys of a tenant') });
    if (held.size >= heldMax) held.clear();
    held.set(tenantId, { ...keys, untilMs: nowMs + heldMs });
    return keys;
  }

  return {
    wrap,
    unwrap,
    async keysOf(tenantId) {
      const known = held.get(tenantId);
      if (known !== undefined && known.untilMs > clock.now().getTime()) return known;
      const underWay = asking.get(tenantId) ?? ask(tenantId).finally(() => asking.delete(tenantId));
      asking.set(tenantId, underWay);
      return underWay;
    },
    rewrap(tenantId) {
      const { kid } = masterKeys.current();
      return tenantKeys.update<'rewrapped' | 'newest' | 'left'>(tenantId, (now) => {
        if (now === undefined || (now.data.kid === kid && now.index.kid === kid)) return { result: 'newest' };
        const keys = opened(tenantId, now);
        return keys === undefined ? { result: 'left' } : { result: 'rewrapped', state: wrapped(tenantId, keys) };
      });
    },
  };
}
