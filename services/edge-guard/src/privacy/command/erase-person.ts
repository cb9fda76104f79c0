import { EraseFrom, ExportFrom, type Whose } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import type { ForgettingLimits } from '../../limits/keep/limits.ts';
import { carryOf } from '../../transcripts/command/redaction-state.ts';
import type { Carries } from '../../transcripts/keep/redaction-states.ts';

type Stores = Readonly<{ limits: ForgettingLimits; carries: Carries }>;

/** What this door remembers of a person: how often it asked within a minute, and where its last words stood in a card. Neither is data to be read. */
export const answerSubjectSteps = async (bus: Bus, stores: Stores): Promise<Consumption[]> => [
  await bus.answer(ExportFrom['edge-guard'], async () => ({ records: [] })),
  await bus.answer(EraseFrom['edge-guard'], async (whose) => ({ erased: await erase(stores, whose) })),
];

async function erase({ limits, carries }: Stores, whose: Whose): Promise<number> {
  const { tenantId, visitorIds, userIds, sessionIds } = whose;
  const people = [...visitorIds, ...userIds].map((person) => `${tenantId}:${person}`);
  const counted = await limits.forget('user', [...people, ...sessionIds]);
  const carried = await Promise.all(sessionIds.map((sessionId) => carries.take(carryOf(sessionId))));
  return counted + carried.filter((carry) => carry !== undefined).length;
}
