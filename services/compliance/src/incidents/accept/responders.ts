import { CloseIncident, ListIncidents, NoteIncident, OpenIncident, ShowIncident } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { ofTenant } from '../../audit/mod.ts';
import { type CloseIncidentDependencies, closeIncident } from '../command/close-incident.ts';
import { type NoteIncidentDependencies, noteIncident } from '../command/note-incident.ts';
import { type OpenIncidentDependencies, openIncident } from '../command/open-incident.ts';
import { listIncidents, showIncident } from '../command/read-incidents.ts';

type Reading = Parameters<typeof listIncidents>[0] & Parameters<typeof showIncident>[0];
export type IncidentResponders = OpenIncidentDependencies &
  NoteIncidentDependencies &
  CloseIncidentDependencies &
  Reading &
  Parameters<typeof ofTenant>[0];

/** Answers every question about incidents. */
export const incidentResponders = async (
  bus: Pick<Bus, 'answer'>,
  dependencies: IncidentResponders,
): Promise<readonly Consumption[]> => [
  await bus.answer(OpenIncident, ofTenant(dependencies, openIncident(dependencies))),
  await bus.answer(NoteIncident, ofTenant(dependencies, noteIncident(dependencies))),
  await bus.answer(CloseIncident, ofTenant(dependencies, closeIncident(dependencies))),
  await bus.answer(ShowIncident, ofTenant(dependencies, showIncident(dependencies))),
  await bus.answer(ListIncidents, ofTenant(dependencies, listIncidents(dependencies))),
];
