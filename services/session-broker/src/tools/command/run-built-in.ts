import type { BuiltInTool } from '@vox/contracts';
import { linkOf } from '../decide/link.ts';
import type { RunTool, ToolOutcome } from '../decide/outcome.ts';
import { type BuiltInCall, type CollectConsentDependencies, collectConsent } from './collect-consent.ts';

export type RunBuiltInDependencies = CollectConsentDependencies;
export type RunBuiltIn = (tool: BuiltInTool, call: BuiltInCall) => Promise<ToolOutcome>;

/**
 * Runs the tools that VOX has itself; the arguments fit by now. The agent learns that the visitor was given a link, and
 * neither its address nor what the visitor does there. What a tool wants done to the call is done by whoever asked.
 */
export const builtInRunner =
  (dependencies: RunBuiltInDependencies): RunBuiltIn =>
  async (tool, call) => {
    switch (tool.name) {
      case 'end_call':
        return { kind: 'done', ok: true, result: { ends: true }, effect: { kind: 'end-call' } };
      case 'transfer_to_link': {
        const url = linkOf(tool.link, call);
        if (url === undefined) return { kind: 'refused', code: 'TOOL_REFUSED', reason: 'link' };
        const { label } = tool.link;
        return { kind: 'done', ok: true, result: { shown: true }, effect: { kind: 'link', url, label } };
      }
      case 'collect_consent':
        return collectConsent(dependencies, tool.purpose, call);
    }
  };

/** Runs built-in tools alone: it knows no other. */
export const builtInTools = (dependencies: RunBuiltInDependencies): RunTool => {
  const run = builtInRunner(dependencies);
  return async ({ agent, name, ...call }) => {
    const tool = agent.tools.find((each) => each.name === name);
    return tool?.kind === 'built_in' ? run(tool, call) : { kind: 'refused', code: 'TOOL_NOT_FOUND' };
  };
};
