import type { PersonReference } from '@vox/contracts';
import type { ForgettingLimits } from '../../limits/mod.ts';
import { type RedactionStates, redactionStateKey } from '../../transcripts/mod.ts';

type EraseDependencies = Readonly<{ limits: ForgettingLimits; redactionStates: RedactionStates }>;

/**
 * Forgets what this door remembers of a person, and answers how much that was: how often it asked within a minute, and
 * where its last words stood in a card. Neither is data to be read.
 */
export async function erasePerson(
  { limits, redactionStates }: EraseDependencies,
  person: PersonReference,
): Promise<number> {
  const { tenantId, visitorIds, userIds, sessionIds } = person;
  const people = [...visitorIds, ...userIds].map((id) => `${tenantId}:${id}`);
  const counted = await limits.forget('user', [...people, ...sessionIds]);
  const states = await Promise.all(sessionIds.map((sessionId) => redactionStates.take(redactionStateKey(sessionId))));
  return counted + states.filter((state) => state !== undefined).length;
}
