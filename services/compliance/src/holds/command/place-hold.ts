import {
  HoldPlaced,
  HoldReleased,
  type IdentifierMatch,
  type ListHolds,
  makeFact,
  type PlaceHold,
  type ReleaseHold,
} from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { everyTagged } from '@vox/platform/store';
import type { z } from 'zod';
import { recorded } from '../../audit/command/record-act.ts';
import type { Needs } from '../../dependencies.ts';
import { holdCell, holdTag } from '../../retention/keep/retention.ts';
import { findAny, namedIn } from '../../vault/command/read-identifiers.ts';
import { asksForPersons, type Held, type Hold, heldBy, isInForce, type Scope } from '../decide/hold.ts';

type Asked<Q extends { request: z.ZodType }> = z.infer<Q['request']>;
type Reply<Q extends { reply: z.ZodType }> = z.input<Q['reply']>;
type HoldNeeds = Pick<Needs, 'holds' | 'vault'>;

export async function holdsOf({ holds }: Pick<Needs, 'holds'>, tenantId: string): Promise<readonly Hold[]> {
  const found: Hold[] = [];
  for await (const { state } of everyTagged(holds, holdTag(tenantId))) found.push(state);
  return found;
}

/** Asks whether a tenant's holds in force keep something. They are read once, when it is made. */
export async function holding(
  { holds, vault }: HoldNeeds,
  tenantId: string,
): Promise<(item: Held) => Promise<Hold | undefined>> {
  const inForce = (await holdsOf({ holds }, tenantId)).filter(isInForce);
  const mustKnow = asksForPersons(inForce);
  return async (item) => {
    if (inForce.length === 0) return undefined;
    const subject = mustKnow && item.subjectId ? await vault.subject(tenantId, item.subjectId) : undefined;
    return heldBy(inForce, { ...item, indexes: subject?.identifiers.map(({ index }) => index) });
  };
}

type Scoped = Readonly<{ scope: Scope; matches?: readonly IdentifierMatch[] }>;

/** A person that nobody is known as yet can be held all the same: what comes later is kept too. */
async function scopeOf(needs: Needs, { tenantId, scope }: Asked<typeof PlaceHold>): Promise<Scoped> {
  if (scope.kind !== 'person') return { scope };
  const named = namedIn(needs, tenantId, scope.identifiers, 'scope.identifiers');
  const { subjects, matches } = await findAny(needs, tenantId, named);
  const indexes = await Promise.all(named.map((each) => needs.vault.blindIndex(tenantId, each)));
  return { scope: { kind: 'person', indexes, subjectIds: subjects.map(({ subjectId }) => subjectId) }, matches };
}

/** Stored, then told: asked again after a crash it is placed again, and a hold too many keeps too much rather than too little. */
export const answerPlaceHold =
  (needs: Needs) =>
  (asked: Asked<typeof PlaceHold>): Promise<Reply<typeof PlaceHold>> => {
    const { tenantId, actor, reason, requestId } = asked;
    const act = { tenantId, actor, reason, requestId, action: 'hold.place', target: `tenant:${tenantId}` };
    return recorded(
      needs,
      act,
      async () => {
        const now = needs.clock.now();
        const { scope, matches } = await scopeOf(needs, asked);
        const holdId = needs.uuid();
        const head = { id: `hold-placed:${holdId}`, source: 'compliance', at: now };
        const told = { tenantId, holdId, actor, reason, requestId, kind: scope.kind };
        const hold = {
          tenantId,
          holdId,
          scope,
          reason,
          placedBy: actor,
          placedAtMs: now.getTime(),
          releasedAtMs: null,
        };
        await needs.holds.update(holdCell(tenantId, holdId), () => ({ result: undefined, state: hold }));
        await needs.bus.publish(HoldPlaced, makeFact(HoldPlaced, head, told));
        return { holdId, ...(matches !== undefined && { matches: [...matches] }) };
      },
      { record: 'refusals' },
    );
  };

export const answerReleaseHold =
  (needs: Needs) =>
  (asked: Asked<typeof ReleaseHold>): Promise<Reply<typeof ReleaseHold>> => {
    const { tenantId, holdId, actor, reason, requestId } = asked;
    const act = { tenantId, actor, reason, requestId, action: 'hold.release', target: `hold:${holdId}` };
    return recorded(
      needs,
      act,
      async () => {
        const nowMs = needs.clock.now().getTime();
        const hold = await needs.holds.update<Hold | undefined>(holdCell(tenantId, holdId), (now) => {
          const state = now && { ...now, releasedAtMs: now.releasedAtMs ?? nowMs };
          return state === undefined ? { result: undefined } : { result: state, state };
        });
        if (hold === undefined) throw new Fault('NOT_FOUND');
        const at = new Date(hold.releasedAtMs ?? nowMs);
        const head = { id: `hold-released:${holdId}`, source: 'compliance', at };
        await needs.bus.publish(
          HoldReleased,
          makeFact(HoldReleased, head, { tenantId, holdId, actor, reason, requestId }),
        );
        return { releasedAt: at.toISOString() };
      },
      { record: 'refusals' },
    );
  };

export const answerListHolds =
  (needs: Pick<Needs, 'holds'>) =>
  async ({ tenantId }: Asked<typeof ListHolds>): Promise<Reply<typeof ListHolds>> => ({
    holds: (await holdsOf(needs, tenantId)).map(({ holdId, scope, reason, placedBy, placedAtMs, releasedAtMs }) => ({
      ...{ holdId, kind: scope.kind, reason, placedBy },
      ...(scope.kind === 'session' && { sessionId: scope.sessionId }),
      placedAt: new Date(placedAtMs).toISOString(),
      releasedAt: releasedAtMs === null ? null : new Date(releasedAtMs).toISOString(),
    })),
  });
