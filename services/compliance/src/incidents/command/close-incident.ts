import { type CloseIncident, type IncidentView, mistakeSaid } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault, invalidField } from '@vox/platform/fault';
import type { z } from 'zod';
import { type ActDependencies, recorded } from '../../audit/mod.ts';
import { type Closed, closed } from '../decide/incident.ts';
import { viewOf } from '../decide/view.ts';
import { type Incidents, incidentKey } from '../keep/incidents.ts';
import { publishClosed } from '../publish/facts.ts';
import { pastMs } from './open-incident.ts';

type Asked = z.infer<(typeof CloseIncident)['request']>;
export type CloseIncidentDependencies = ActDependencies &
  Readonly<{ incidents: Pick<Incidents, 'update'>; bus: Pick<Bus, 'publish'> }>;

/** Closes an incident, once. Asked again with the same outcome, it answers how it was closed. */
export const closeIncident =
  (dependencies: CloseIncidentDependencies) =>
  (asked: Asked): Promise<IncidentView> => {
    const { tenantId, incidentId, actor, reason, requestId } = asked;
    const act = { tenantId, actor, reason, requestId, action: 'incident.close', target: `incident:${incidentId}` };
    return recorded(dependencies, act, () => close(dependencies, asked), { record: 'refusals' });
  };

async function close({ incidents, bus, clock }: CloseIncidentDependencies, asked: Asked): Promise<IncidentView> {
  const { tenantId, incidentId, outcome, actor, reason, requestId } = asked;
  const nowMs = clock.now().getTime();
  const authorityToldAtMs = pastMs('authorityToldAt', asked.authorityToldAt, nowMs);
  const result = await incidents.update<Closed | undefined>(incidentKey(tenantId, incidentId), (known) => {
    const decided = known && closed(known, { actor, atMs: nowMs, outcome, reason, authorityToldAtMs });
    return decided?.kind === 'closed' ? { result: decided, state: decided.incident } : { result: decided };
  });
  if (result === undefined) throw new Fault('NOT_FOUND');
  if (result.kind !== 'closed') throw refusal(result.kind);
  const at = new Date(result.incident.closedAtMs ?? nowMs);
  await publishClosed(bus, result.incident, at, { outcome, actor, reason, requestId });
  return viewOf(result.incident, nowMs);
}

function refusal(kind: Exclude<Closed['kind'], 'closed'>): Fault {
  switch (kind) {
    case 'untold':
      return invalidField('authorityToldAt', mistakeSaid('told-when'));
    case 'at risk':
      return invalidField('outcome', mistakeSaid('risk-noted'));
    case 'closed otherwise':
      return invalidField('outcome', mistakeSaid('closed-otherwise'));
  }
}
