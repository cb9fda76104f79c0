import { seal, unseal } from '@vox/platform/crypto';
import { Carry, freshCarry, lostCarry } from '@vox/redaction';
import { z } from 'zod';
import type { Needs } from '../../dependencies.ts';
import { begun, type Remembered } from '../decide/batch.ts';

type Known = Remembered<Carry>;
const whole = z.number().int().nonnegative();
const Progress = z.object({ carry: Carry, messages: whole, bytes: whole });
const Known = z.object({ after: Progress, before: Progress, batch: z.string() });

/** Longer than any call with its last words. */
const lifeMs = 7_200_000;
/** Stands for a call of which nothing was said yet. It tells nothing, so it is not sealed: every grant writes one. */
const nothingSaid = 'nothing said';
/** The place of a call's carry. */
export const carryOf = (sessionId: string): string => `carry:${sessionId}`;

/**
 * Takes what is remembered of a call’s last batch. Nobody else has it until it is remembered again. Where there is none, or it does not open, a card
 * may be under way that nobody saw begin, and more is cut.
 */
export async function takeRemembered({ carries, sealKey }: Needs, sessionId: string): Promise<Known> {
  const key = carryOf(sessionId);
  const sealed = await carries.take(key);
  if (sealed === nothingSaid) return begun(freshCarry);
  const text = sealed === undefined ? undefined : unseal(sealKey, key, sealed);
  const known = text === undefined ? undefined : Known.safeParse(JSON.parse(text));
  return known?.success ? known.data : begun(lostCarry);
}

export const remember = ({ carries, sealKey }: Needs, sessionId: string, known: Known): Promise<void> =>
  carries.put(carryOf(sessionId), seal(sealKey, carryOf(sessionId), JSON.stringify(known)), lifeMs);

/** A call begins: nothing was said before. */
export const rememberBeginning = ({ carries }: Needs, sessionId: string): Promise<void> =>
  carries.put(carryOf(sessionId), nothingSaid, lifeMs);
