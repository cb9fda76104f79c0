import type { Bus } from '@vox/platform/bus';
import { everyTagged } from '@vox/platform/store';
import type { Clock } from '@vox/platform/time';
import { type Digest, type RefusalPart, summed, toldOf } from '../decide.ts';
import type { Digests, RefusalParts } from '../keep/digests.ts';
import { publishDigest } from '../publish.ts';

/** A digest that somebody wants by mail. `id` is the same when it is queued again: one mail leaves. */
export type DigestMail = Readonly<{
  id: string;
  tenantId: string;
  to: string;
  week: string;
  total: number;
  byCode: Readonly<Record<string, number>>;
}>;

export type TellDigestsDependencies = Readonly<{
  digests: Pick<Digests, 'due' | 'update' | 'remove'>;
  refusalParts: Pick<RefusalParts, 'due' | 'tagged' | 'remove'>;
  bus: Pick<Bus, 'publish'>;
  clock: Clock;
  /** Who of a tenant wants the digest by mail: an address, or null for nobody. */
  digestTo: (tenantId: string) => Promise<string | null>;
  /** Queues a mail. Left out where no mail is sent. */
  queueDigest?: ((mail: DigestMail) => Promise<void>) | undefined;
}>;

const page = 100;

/** Sums and tells every week that is over, and forgets those that were told long ago. */
export async function tellDigests(dependencies: TellDigestsDependencies): Promise<void> {
  const { digests, refusalParts, clock } = dependencies;
  const nowMs = clock.now().getTime();
  for (const { key, state } of await digests.due(nowMs, page)) {
    if (state.state === 'told') await digests.remove(key);
    else await tell(dependencies, key, await sum(dependencies, key, state));
  }
  for (const { key } of await refusalParts.due(nowMs, page)) await refusalParts.remove(key);
}

/** A week is summed once: whatever is counted later, it is told as it was summed. */
async function sum({ digests, refusalParts }: TellDigestsDependencies, key: string, digest: Digest): Promise<Digest> {
  if (digest.state !== 'counting') return digest;
  return digests.update<Digest>(key, async (known = digest) => {
    if (known.state !== 'counting') return { result: known };
    const parts: RefusalPart[] = [];
    for await (const { state } of everyTagged(refusalParts, key)) parts.push(state);
    const state = summed(known, parts);
    return { result: state, state };
  });
}

async function tell(dependencies: TellDigestsDependencies, key: string, digest: Digest): Promise<void> {
  const { digests, refusalParts, bus, digestTo, queueDigest } = dependencies;
  if (digest.state === 'told') return;
  const told = toldOf(digest);
  if (told !== undefined) {
    await publishDigest(bus, told);
    const { tenantId, week, total, byCode } = told;
    const to = queueDigest === undefined ? null : await digestTo(tenantId);
    if (to !== null) await queueDigest?.({ id: `refusals-digest:${key}`, tenantId, to, week, total, byCode });
  }
  await digests.update(key, (known) =>
    known === undefined ? { result: undefined } : { result: undefined, state: { ...known, state: 'told' } },
  );
  for await (const part of everyTagged(refusalParts, key)) await refusalParts.remove(part.key);
}
