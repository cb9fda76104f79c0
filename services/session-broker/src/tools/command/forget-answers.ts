import { inParallel } from '@vox/platform/time';
import { erased } from '../decide/uses.ts';
import type { ToolUses } from '../keep/tool-uses.ts';

/** Drops what tools answered in calls of a person who is erased. What was used, and when, is of the tenant. */
export const forgetAnswers = (
  { toolUses }: Readonly<{ toolUses: Pick<ToolUses, 'update'> }>,
  { tenantId, sessionIds }: Readonly<{ tenantId: string; sessionIds: readonly string[] }>,
): Promise<void> =>
  inParallel(sessionIds, (sessionId) =>
    toolUses.update(sessionId, (known) =>
      known?.tenantId === tenantId ? { result: undefined, state: erased(known) } : { result: undefined },
    ),
  );
