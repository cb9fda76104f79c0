import { EraseFrom, ExportFrom } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { erasePerson } from './privacy/command/erase-person.ts';
import type { Stores } from './stores.ts';

/** Answers what others ask of this service. */
export const startResponders = async (
  bus: Pick<Bus, 'answer'>,
  stores: Pick<Stores, 'limits' | 'redactionStates'>,
): Promise<Consumption[]> => [
  await bus.answer(ExportFrom['edge-guard'], async () => ({ records: [] })),
  await bus.answer(EraseFrom['edge-guard'], async (person) => ({ erased: await erasePerson(stores, person) })),
];
