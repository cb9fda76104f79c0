import { type AuditEntry, factKinds, ListAudit, SessionId, ShowSession } from '@vox/contracts';
import type { BusView, Told } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import { actingBy } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';
import { progressOf } from '../text/counted.ts';
import type { Sources } from './story.ts';

export type Looking = Readonly<{ tenant?: string | undefined; from: Date; reason?: string | undefined }>;

/** The streams of calls keep a week. */
const weekMs = 7 * 86_400_000;
/** Pages of an audit log that are looked through, of 500 places each: the story of one call is in its newest part. */
const pagesMax = 10;
const onceKinds = factKinds.filter(({ scope }) => scope === 'tenant');

const oneSecondMs = 1_000;

/** Gathers what is known of an id. Asks the streams first, and then compliance, which remembers longer. */
export async function findSources(operator: Operator, view: BusView, id: string, looking: Looking): Promise<Sources> {
  const isUuid = SessionId.safeParse(id).success;
  const ofCall = isUuid ? await factsOfCall(view, id, looking) : [];
  const ofActs = ofCall.length === 0 ? await factsNaming(operator, view, id, looking) : [];
  const told = [...ofCall, ...ofActs];
  const tenantId = looking.tenant ?? told[0]?.tenantId ?? null;
  if (tenantId === null) return { id, tenantId, told, shown: undefined, entries: [] };
  const shown = isUuid ? await shownBy(operator, tenantId, id) : undefined;
  const since = told[0]?.at ?? shown?.timeline[0]?.at ?? looking.from.toISOString();
  const entries = await entriesNaming(operator, tenantId, id, since, looking.reason);
  const known = new Set(told.map((each) => each.id));
  return { id, tenantId, told, shown, entries: entries.filter(({ factId }) => !known.has(factId)) };
}

async function all(rows: AsyncIterable<Told>): Promise<Told[]> {
  const found: Told[] = [];
  for await (const each of rows) found.push(each);
  return found;
}

const factsOfCall = (view: BusView, sessionId: string, { tenant: tenantId }: Looking): Promise<Told[]> => {
  const to = new Date();
  return all(view.told({ sessionId, tenantId }, { from: new Date(to.getTime() - weekMs), to }));
};

/** Facts that name an id in a field of theirs, such as the request under which somebody acted. */
async function factsNaming(operator: Operator, view: BusView, id: string, looking: Looking): Promise<Told[]> {
  const progress = progressOf(operator, undefined, 'facts looked through');
  const found: Told[] = [];
  const wanted = { kinds: onceKinds, tenantId: looking.tenant };
  for await (const each of view.told(wanted, { from: looking.from, to: new Date() })) {
    progress(1);
    const data = (each.fact?.data ?? {}) as Readonly<Record<string, unknown>>;
    if (each.id === id || Object.values(data).includes(id)) found.push(each);
  }
  return found;
}

/** The call as compliance knows it, if it does, and if it answers. */
async function shownBy({ ask, note }: Operator, tenantId: string, sessionId: string) {
  try {
    return await ask(ShowSession, { tenantId, sessionId });
  } catch (error) {
    if (!(error instanceof Fault) || !['NOT_FOUND', 'UNAVAILABLE'].includes(error.code)) throw error;
    if (error.code === 'UNAVAILABLE') note('compliance does not answer: its records and the audit log are left out');
    return undefined;
  }
}

const names = ({ requestId, target, subject }: AuditEntry, id: string): boolean =>
  requestId === id || target.endsWith(`:${id}`) || subject.endsWith(`/${id}`);

/** Entries of the tenant's audit log about an id. The log itself keeps that somebody looked. */
async function entriesNaming(
  operator: Operator,
  tenantId: string,
  id: string,
  since: string,
  reason: string | undefined,
): Promise<readonly AuditEntry[]> {
  const found: AuditEntry[] = [];
  const from = new Date(Date.parse(since) - oneSecondMs).toISOString();
  const asked = {
    tenantId,
    filter: { from },
    limit: 200,
    ...actingBy(operator, { reason: reason ?? `vox why ${id}`.slice(0, 200) }),
  };
  let before: number | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    const read = await operator.ask(ListAudit, { ...asked, before }).catch((error: unknown) => {
      if (error instanceof Fault && (error.code === 'UNAVAILABLE' || error.code === 'NOT_FOUND')) return undefined;
      throw error;
    });
    if (read === undefined) return found;
    found.push(...read.entries.filter((entry) => names(entry, id)));
    if (read.earlier === null || (page > 0 && read.entries.length === 0)) return found;
    before = read.earlier;
  }
  operator.note('the audit log is longer: older entries were not looked at');
  return found;
}
