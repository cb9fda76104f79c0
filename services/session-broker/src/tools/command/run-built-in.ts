import { linkOf } from '../decide/link.ts';
import { type CollectConsentDependencies, collectConsent } from './collect-consent.ts';
import type { RunBuiltIn } from './prepare-others.ts';

/**
 * Runs the tools that VOX has itself; the arguments fit by now. The agent learns that the visitor was given a link, and
 * neither its address nor what the visitor does there. What a tool wants done to the call is done by whoever asked.
 */
export const builtInRunner =
  (dependencies: CollectConsentDependencies): RunBuiltIn =>
  async (wanted) => {
    const { tool } = wanted;
    switch (tool.name) {
      case 'end_call':
        return { kind: 'done', ok: true, result: { ends: true }, effect: { kind: 'end-call' } };
      case 'transfer_to_link': {
        const url = linkOf(tool.link, wanted);
        if (url === undefined) return { kind: 'refused', code: 'TOOL_REFUSED', reason: 'template' };
        const { label } = tool.link;
        return { kind: 'done', ok: true, result: { shown: true }, effect: { kind: 'link', url, label } };
      }
      case 'collect_consent':
        return collectConsent(dependencies, tool.purpose, wanted);
    }
  };
