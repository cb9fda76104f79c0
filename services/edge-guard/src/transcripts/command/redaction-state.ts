import { type SealKeys, seal, unseal } from '@vox/platform/crypto';
import { freshRedactionState, RedactionState, unknownRedactionState } from '@vox/redaction';
import { z } from 'zod';
import { type CallState, initialState } from '../decide/batch.ts';
import { type RedactionStates, redactionStateKey } from '../keep/redaction-states.ts';

export type StateDependencies = Readonly<{
  redactionStates: RedactionStates;
  /** What states are sealed under; the same in every copy. */
  sealKey: SealKeys;
}>;
type State = CallState<RedactionState>;

const whole = z.number().int().nonnegative();
const StoredProgress = z.object({ carry: RedactionState, messages: whole, bytes: whole });
const StoredState = z.object({ after: StoredProgress, before: StoredProgress, batch: z.string() });

/** Longer than any call with its last words. */
const lifeMs = 7_200_000;
/** Stands for a call of which nothing was said yet. It tells nothing, so it is not sealed: every grant writes one. */
const nothingSaid = 'nothing said';

/**
 * Takes the redaction state of a call. Nobody else has it until it is put back. Where there is none, or it does not
 * open, a card may be under way that nobody saw begin, and more is cut.
 */
export async function takeState({ redactionStates, sealKey }: StateDependencies, sessionId: string): Promise<State> {
  const key = redactionStateKey(sessionId);
  const sealed = await redactionStates.take(key);
  if (sealed === nothingSaid) return initialState(freshRedactionState);
  const text = sealed === undefined ? undefined : unseal(sealKey, key, sealed);
  const state = text === undefined ? undefined : StoredState.safeParse(JSON.parse(text));
  return state?.success ? state.data : initialState(unknownRedactionState);
}

export function putState(
  { redactionStates, sealKey }: StateDependencies,
  sessionId: string,
  state: State,
): Promise<void> {
  const key = redactionStateKey(sessionId);
  return redactionStates.put(key, seal(sealKey, key, JSON.stringify(state)), lifeMs);
}

/** A call begins: nothing was said before. */
export const beginTranscript = (
  { redactionStates }: Pick<StateDependencies, 'redactionStates'>,
  sessionId: string,
): Promise<void> => redactionStates.put(redactionStateKey(sessionId), nothingSaid, lifeMs);
