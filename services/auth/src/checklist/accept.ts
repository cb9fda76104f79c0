import { ShowChecklist } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { type ShowChecklistDependencies, showChecklist } from './command/show-checklist.ts';

export type ChecklistResponderDependencies = ShowChecklistDependencies & Readonly<{ bus: Pick<Bus, 'answer'> }>;

export const checklistResponders = async (dependencies: ChecklistResponderDependencies): Promise<Consumption[]> => [
  await dependencies.bus.answer(ShowChecklist, ({ tenantId }) => showChecklist(dependencies, tenantId)),
];
