import type { ReleaseHold } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import type { z } from 'zod';
import { type ActDependencies, recorded } from '../../audit/mod.ts';
import { type Hold, released } from '../decide/hold.ts';
import { type Holds, holdKey } from '../keep/holds.ts';
import { publishReleased } from '../publish/hold-facts.ts';

type Asked = z.infer<(typeof ReleaseHold)['request']>;
type Reply = z.input<(typeof ReleaseHold)['reply']>;

type ReleaseDependencies = ActDependencies & Readonly<{ holds: Pick<Holds, 'update'>; bus: Pick<Bus, 'publish'> }>;

/** Releases a hold. It is released once; asked again, it answers when that was. */
export const releaseHold =
  (dependencies: ReleaseDependencies) =>
  (asked: Asked): Promise<Reply> => {
    const { tenantId, holdId, actor, reason, requestId } = asked;
    const act = { tenantId, actor, reason, requestId, action: 'hold.release', target: `hold:${holdId}` };
    return recorded(dependencies, act, () => release(dependencies, asked), { record: 'refusals' });
  };

async function release({ holds, bus, clock }: ReleaseDependencies, asked: Asked): Promise<Reply> {
  const { tenantId, holdId, actor, reason, requestId } = asked;
  const nowMs = clock.now().getTime();
  const hold = await holds.update<Hold | undefined>(holdKey(tenantId, holdId), (now) => {
    const state = now && released(now, nowMs);
    return state === undefined ? { result: undefined } : { result: state, state };
  });
  if (hold === undefined) throw new Fault('NOT_FOUND');
  const at = new Date(hold.releasedAtMs ?? nowMs);
  await publishReleased(bus, at, { tenantId, holdId, actor, reason, requestId });
  return { releasedAt: at.toISOString() };
}
