import type { ListConsents } from '@vox/contracts';
import type { Clock } from '@vox/platform/time';
import type { z } from 'zod';
import { type ActDependencies, recorded } from '../../audit/mod.ts';
import { type Countries, findAny, namedIn, subjectDocumentKey, type Vault } from '../../vault/mod.ts';
import {
  type ListedConsent,
  newestOf,
  placeIn,
  placeOf,
  type WantedConsents,
  wantedOf,
  windowsOf,
} from '../decide/consent-list.ts';
import type { ConsentStore } from '../keep/consents.ts';

type Asked = z.infer<(typeof ListConsents)['request']>;
type Reply = z.input<(typeof ListConsents)['reply']>;
type Found = Readonly<{ consents: Pick<ConsentStore, 'answered' | 'read'> }>;

export type ListConsentsDependencies = ActDependencies &
  Countries &
  Found &
  Readonly<{
    vault: Pick<Vault, 'find'>;
    /** The person of a call. */
    personOf: (tenantId: string, sessionId: string) => Promise<string | undefined>;
    clock: Clock;
  }>;

/** Clocks of copies differ by less. */
const skewMs = 60_000;
/** So many are held in memory beyond a page before the older ones are dropped. */
const spare = 200;

/** What visitors answered, the newest first, by names that lead to nobody. Whoever reads it is recorded. */
export const listConsents =
  (dependencies: ListConsentsDependencies) =>
  (asked: Asked): Promise<Reply> => {
    const { tenantId, actor, reason, requestId } = asked;
    const act = { tenantId, actor, reason, requestId, action: 'consent.list', target: `consents:${tenantId}` };
    return recorded(dependencies, act, () => pageOf(dependencies, asked));
  };

async function pageOf(dependencies: ListConsentsDependencies, asked: Asked): Promise<Reply> {
  const { tenantId, identifiers, limit } = asked;
  const whom = identifiers && (await findAny(dependencies, tenantId, namedIn(dependencies, tenantId, identifiers)));
  const subjectIds = await personsWanted(dependencies, asked, whom?.subjects);
  const wanted = wantedBy(asked, dependencies.clock.now().getTime() + skewMs);
  const found =
    subjectIds === undefined
      ? await newestOfTenant(dependencies, tenantId, wanted, limit + 1)
      : await newestOfPersons(dependencies, tenantId, subjectIds, wanted, limit + 1);
  const part = found.slice(0, limit);
  const last = part.at(-1)?.record;
  return {
    consents: part.map(shown),
    next: found.length > limit && last !== undefined ? placeOf(last) : null,
    ...(whom && { matches: [...whom.matches] }),
  };
}

/** Whose answers are wanted; `undefined` wants everybody's. */
async function personsWanted(
  { personOf }: Pick<ListConsentsDependencies, 'personOf'>,
  { tenantId, sessionId }: Asked,
  named: readonly Readonly<{ subjectId: string }>[] | undefined,
): Promise<readonly string[] | undefined> {
  const ids = named?.map(({ subjectId }) => subjectId);
  if (sessionId === undefined) return ids;
  const person = await personOf(tenantId, sessionId);
  return person !== undefined && (ids === undefined || ids.includes(person)) ? [person] : [];
}

function wantedBy({ purpose, given, from, to, after }: Asked, nowMs: number): WantedConsents {
  const untilMs = after === undefined ? nowMs : placeIn(after).atMs + 1;
  return {
    ...{ purpose, given, after },
    fromMs: from === undefined ? 0 : Date.parse(from),
    toMs: Math.min(untilMs, to === undefined ? untilMs : Date.parse(to)),
  };
}

async function newestOfTenant(
  { consents }: Found,
  tenantId: string,
  wanted: WantedConsents,
  most: number,
): Promise<readonly ListedConsent[]> {
  let found: ListedConsent[] = [];
  for (const window of windowsOf(wanted.fromMs, wanted.toMs)) {
    for await (const each of consents.answered(tenantId, window)) {
      found.push(...wantedOf(each, { ...wanted, ...window }));
      if (found.length > most + spare) found = newestOf(found, most);
    }
    if (found.length >= most) break;
  }
  return newestOf(found, most);
}

async function newestOfPersons(
  { consents }: Found,
  tenantId: string,
  subjectIds: readonly string[],
  wanted: WantedConsents,
  most: number,
): Promise<readonly ListedConsent[]> {
  const kept = await Promise.all(subjectIds.map((id) => consents.read(subjectDocumentKey(tenantId, id))));
  return newestOf(
    kept.flatMap((each) => (each === undefined ? [] : wantedOf(each, wanted))),
    most,
  );
}

const shown = ({ subjectId, record }: ListedConsent) => ({
  ...{ receiptId: record.receiptId, purpose: record.purpose, version: record.version },
  ...{ textHash: record.textHash, locale: record.locale ?? null, method: record.method, given: record.given },
  ...{ at: new Date(record.atMs).toISOString(), subjectId },
});
