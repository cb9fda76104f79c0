import { EraseFrom, ExportFrom } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';

/**
 * Auth knows tenants and keys, and no visitor: nothing of a person is to be exported or erased here. It answers all the same, so that a request is
 * done only when every service has said so.
 */
export const answerSubjectSteps = async (bus: Bus): Promise<Consumption[]> => [
  await bus.answer(ExportFrom.auth, async () => ({ records: [] })),
  await bus.answer(EraseFrom.auth, async () => ({ erased: 0 })),
];
