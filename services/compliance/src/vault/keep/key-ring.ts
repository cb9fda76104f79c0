import { Fault } from '@vox/platform/fault';
import type { MasterKeyKeeping } from '@vox/platform/master-keys';
import type { Clock } from '@vox/platform/time';
import type { OpenKeys, TenantKeys, Wrapped } from '../decide/keys.ts';
import type { TenantKeyStore } from './tenant-keys.ts';
import { rowOf, wrappedOf } from './wrapped-rows.ts';

export type KeyRingDependencies = Readonly<{
  masterKeys: Pick<MasterKeyKeeping, 'wrap' | 'open' | 'isNewest'>;
  tenantKeys: TenantKeyStore;
  clock: Clock;
  random: (size: number) => Uint8Array;
}>;

/**
 * Keys under the master keys. What is wrapped for a place opens at that place alone. While the holder of the master
 * keys does not answer, each rejects with Fault UNAVAILABLE.
 */
export type KeyRing = Readonly<{
  /** Wraps under the newest master key. */
  wrap: (place: string, key: Uint8Array) => Promise<Wrapped>;
  /** `undefined` when its master key is not at hand, or place or bytes are others. */
  unwrap: (place: string, wrapped: Wrapped) => Promise<Uint8Array | undefined>;
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

  const wrap: KeyRing['wrap'] = async (place, key) => rowOf(await masterKeys.wrap(Buffer.from(key), place));
  const unwrap: KeyRing['unwrap'] = (place, wrapped) => masterKeys.open(wrappedOf(wrapped), place);
  const isNewest = (keys: TenantKeys): boolean =>
    [keys.data, keys.index].every((each) => masterKeys.isNewest(wrappedOf(each)));
  const opened = async (tenantId: string, keys: TenantKeys): Promise<OpenKeys | undefined> => {
    const at = places(tenantId);
    const [data, index] = await Promise.all([unwrap(at.data, keys.data), unwrap(at.index, keys.index)]);
    return data && index && { data, index };
  };
  const wrapped = async (tenantId: string, keys: OpenKeys): Promise<TenantKeys> => {
    const at = places(tenantId);
    const [data, index] = await Promise.all([wrap(at.data, keys.data), wrap(at.index, keys.index)]);
    return { data, index };
  };

  async function ask(tenantId: string): Promise<OpenKeys> {
    const nowMs = clock.now().getTime();
    const born = (): Promise<TenantKeys> => wrapped(tenantId, { data: random(keyBytes), index: random(keyBytes) });
    // Nearly always they are there: whoever holds the master key is not asked to wrap what nobody will keep.
    const { state: stored } = await tenantKeys.decideOnce(tenantId, { isRepeated: true, propose: born });
    const keys = await opened(tenantId, stored);
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
      return tenantKeys.update<'rewrapped' | 'newest' | 'left'>(tenantId, async (now) => {
        if (now === undefined || isNewest(now)) return { result: 'newest' };
        const keys = await opened(tenantId, now);
        return keys === undefined ? { result: 'left' } : { result: 'rewrapped', state: await wrapped(tenantId, keys) };
      });
    },
  };
}
