import { EraseFrom, ExportFrom } from '@vox/contracts';
import type { Consumption } from '@vox/platform/bus';
import { type StatusResponder, statusResponder } from './platform/mod.ts';
import { erasePerson } from './privacy/command/erase-person.ts';
import type { Stores } from './stores.ts';

/** Answers what others ask of this service. */
export const startResponders = async (
  { bus, ...others }: StatusResponder,
  stores: Pick<Stores, 'limits' | 'redactionStates'>,
): Promise<Consumption[]> => [
  await statusResponder({ bus, ...others }),
  await bus.answer(ExportFrom['edge-guard'], async () => ({ records: [] })),
  await bus.answer(EraseFrom['edge-guard'], async (person) => ({ erased: await erasePerson(stores, person) })),
];
