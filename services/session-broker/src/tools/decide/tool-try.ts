import type { Acting } from '@vox/contracts';
import type { ToolOutcome } from './outcome.ts';
import type { UseFigures } from './uses.ts';

/** A tool of an agent that somebody tries, outside of any call. */
export type ToolTry = Readonly<{ tenantId: string; agentId: string; name: string; args: unknown }>;

/** What came of a try. Without `figures` nothing was made ready to be sent. */
export type TriedOutcome = Readonly<{ tryId: string; outcome: ToolOutcome; figures?: UseFigures | undefined }>;

/** Tries a tool. What broke is a refusal with its code. Throws Fault NOT_FOUND where there is no such tenant. */
export type TryTool = (asked: ToolTry, by: Acting) => Promise<TriedOutcome>;

/** How a try stands in the audit log: which tool of whose, and no argument. */
export const actOfTry = ({ tenantId, agentId, name }: Omit<ToolTry, 'args'>) => ({
  ...{ tenantId, action: 'tool.try', target: `tool:${agentId}/${name}` },
});
