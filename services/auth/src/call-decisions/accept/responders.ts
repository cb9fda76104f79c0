import { ReadCallDecisions } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { type ReadCallDecisionsDependencies, readCallDecisions } from '../command/read-call-decisions.ts';

export type CallDecisionResponderDependencies = ReadCallDecisionsDependencies & Readonly<{ bus: Pick<Bus, 'answer'> }>;

export const callDecisionResponders = async (
  dependencies: CallDecisionResponderDependencies,
): Promise<Consumption[]> => [
  await dependencies.bus.answer(ReadCallDecisions, (request) => readCallDecisions(dependencies, request)),
];
