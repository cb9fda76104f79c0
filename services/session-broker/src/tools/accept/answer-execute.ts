import type { ExecuteTool, ToolResult } from '@vox/contracts';
import type { z } from 'zod';
import type { RunTool } from '../decide/outcome.ts';
import { faultOf } from './refusal-fault.ts';

/** The page of a direct call asks for a tool. */
export const answerExecute =
  ({ runTool }: Readonly<{ runTool: RunTool }>) =>
  async ({ tenantId, sessionId, ...asked }: z.infer<(typeof ExecuteTool)['request']>): Promise<ToolResult> => {
    const outcome = await runTool({ session: { tenantId, sessionId }, ...asked, via: 'browser' });
    if (outcome.kind === 'refused') throw faultOf(outcome);
    const { kind: _done, ui, ...done } = outcome;
    return { ...done, ...(ui && { ui: { ...ui, fields: [...ui.fields] } }) };
  };
