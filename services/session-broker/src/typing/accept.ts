import { randomUUID } from 'node:crypto';
import type { SayInCall } from '@vox/contracts';
import type { z } from 'zod';
import { type SayTypedDependencies, sayTyped } from './command.ts';

/** Shorter than the edge waits, and than the lease of a copy that must leave. */
const bounds = { openMs: 1_200, turnMs: 1_200 };
const itemId = (): string => randomUUID().replaceAll('-', '');

/** A visitor types into its call. */
export const answerSay =
  (dependencies: Pick<SayTypedDependencies, 'sessions' | 'providers'>) =>
  async (asked: z.infer<(typeof SayInCall)['request']>): Promise<{ ok: true }> => {
    await sayTyped({ ...dependencies, itemId, bounds }, asked);
    return { ok: true };
  };
