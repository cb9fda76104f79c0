import type { IncidentView, ListIncidents, ShowIncident } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { everyTagged } from '@vox/platform/store';
import type { Clock } from '@vox/platform/time';
import type { z } from 'zod';
import { firstDue } from '../../deadlines/mod.ts';
import { deadlineOf, dueMs, type Incident } from '../decide/incident.ts';
import { rowOf, viewOf } from '../decide/view.ts';
import { type Incidents, incidentKey, incidentTag } from '../keep/incidents.ts';

type Shown = z.infer<(typeof ShowIncident)['request']>;
type Listed = z.infer<(typeof ListIncidents)['request']>;
type Reply = z.input<(typeof ListIncidents)['reply']>;
type Timed = Readonly<{ clock: Clock }>;

export const showIncident =
  ({ incidents, clock }: Timed & Readonly<{ incidents: Pick<Incidents, 'read'> }>) =>
  async ({ tenantId, incidentId }: Shown): Promise<IncidentView> => {
    const incident = await incidents.read(incidentKey(tenantId, incidentId));
    if (incident === undefined) throw new Fault('NOT_FOUND');
    return viewOf(incident, clock.now().getTime());
  };

/** The register of a tenant’s incidents, the one that is due first at the head. */
export const listIncidents =
  ({ incidents, clock }: Timed & Readonly<{ incidents: Pick<Incidents, 'tagged'> }>) =>
  async ({ tenantId, state, overdue, after, limit }: Listed): Promise<Reply> => {
    const nowMs = clock.now().getTime();
    const isOpen = ({ closedAtMs }: Incident): boolean => closedAtMs === null;
    const { page, next } = await firstDue(everyTagged(incidents, incidentTag(tenantId)), {
      due: (incident) => ({ dueAtMs: dueMs(incident), id: incident.incidentId }),
      isWanted: (incident) =>
        (state === undefined || isOpen(incident) === (state === 'open')) &&
        (!overdue || (isOpen(incident) && deadlineOf(incident, nowMs) === 'missed')),
      ...{ after, limit },
    });
    return { incidents: page.map((incident) => rowOf(incident, nowMs)), next };
  };
