import type { IdentifierMatch, PlaceHold } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { z } from 'zod';
import { type ActDependencies, recorded } from '../../audit/mod.ts';
import { type Countries, findAny, namedIn, type Vault } from '../../vault/mod.ts';
import type { Hold, HoldScope } from '../decide/hold.ts';
import { type Holds, holdKey } from '../keep/holds.ts';
import { publishPlaced } from '../publish/hold-facts.ts';

type Asked = z.infer<(typeof PlaceHold)['request']>;
type Reply = z.input<(typeof PlaceHold)['reply']>;

type ScopeDependencies = Countries & Readonly<{ vault: Pick<Vault, 'find' | 'blindIndex'> }>;
type PlaceDependencies = ActDependencies &
  ScopeDependencies &
  Readonly<{ holds: Pick<Holds, 'update'>; bus: Pick<Bus, 'publish'> }>;

/** Places a hold. The operator's right to it is recorded only if it is refused, for a fact tells of the rest. */
export const placeHold =
  (dependencies: PlaceDependencies) =>
  (asked: Asked): Promise<Reply> => {
    const { tenantId, actor, reason, requestId } = asked;
    const act = { tenantId, actor, reason, requestId, action: 'hold.place', target: `tenant:${tenantId}` };
    return recorded(dependencies, act, () => placed(dependencies, asked), { record: 'refusals' });
  };

/**
 * Stored, then published: asked again after a crash it is placed again, and a hold too many keeps too much rather than
 * too little.
 */
async function placed(dependencies: PlaceDependencies, asked: Asked): Promise<Reply> {
  const { holds, bus, clock, uuid } = dependencies;
  const { tenantId, actor, reason, requestId } = asked;
  const now = clock.now();
  const { scope, matches } = await scopeOf(dependencies, asked);
  const holdId = uuid();
  const hold: Hold = {
    ...{ tenantId, holdId, scope, reason, placedBy: actor },
    placedAtMs: now.getTime(),
    releasedAtMs: null,
  };
  await holds.update(holdKey(tenantId, holdId), () => ({ result: undefined, state: hold }));
  await publishPlaced(bus, now, { tenantId, holdId, actor, reason, requestId, kind: scope.kind });
  return { holdId, ...(matches !== undefined && { matches: [...matches] }) };
}

type FoundScope = Readonly<{ scope: HoldScope; matches?: readonly IdentifierMatch[] }>;

/** A person that nobody is known as yet can be held all the same: what comes later is kept too. */
async function scopeOf(
  dependencies: ScopeDependencies,
  { tenantId, scope }: Pick<Asked, 'tenantId' | 'scope'>,
): Promise<FoundScope> {
  if (scope.kind !== 'person') return { scope };
  const named = namedIn(dependencies, tenantId, scope.identifiers, 'scope.identifiers');
  const { subjects, matches } = await findAny(dependencies, tenantId, named);
  const indexes = await Promise.all(named.map((each) => dependencies.vault.blindIndex(tenantId, each)));
  return { scope: { kind: 'person', indexes, subjectIds: subjects.map(({ subjectId }) => subjectId) }, matches };
}
