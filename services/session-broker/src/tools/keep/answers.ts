import { createHmac } from 'node:crypto';
import { digest, type SealKey, type SealKeys, seal, unseal } from '@vox/platform/crypto';
import type { ToolOutcome } from '../decide/outcome.ts';

/** A use by the provider's id of it. It says nothing of that id, which a page may have made up of anything. */
export const useIdOf = (sessionId: string, callId: string): string => digest('tool-use', sessionId, callId);

/**
 * By what the same use is known again. It is keyed: arguments are few and could be guessed from a plain hash in the
 * store.
 */
export const markOf = (key: SealKey, name: string, args: unknown): string =>
  createHmac('sha256', key)
    .update(JSON.stringify(['tool-use', name, args]))
    .digest('base64url');

const place = (useId: string): string => `tool-answer:${useId}`;

export const sealAnswer = (keys: SealKeys, useId: string, outcome: ToolOutcome): string =>
  seal(keys, place(useId), JSON.stringify(outcome));

/** `undefined` when the key was changed meanwhile. What we sealed ourselves has the form that it had. */
export function unsealAnswer(keys: SealKeys, useId: string, sealed: string): ToolOutcome | undefined {
  const text = unseal(keys, place(useId), sealed);
  return text === undefined ? undefined : (JSON.parse(text) as ToolOutcome);
}
