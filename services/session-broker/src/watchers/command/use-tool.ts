import { type CallEvent, HttpsUrl } from '@vox/contracts';
import type { RunTool, ToolOutcome } from '../../tools/mod.ts';
import type { UseTool } from '../../watch/mod.ts';
import { viewOf } from '../decide/tool-shown.ts';
import { outputOf } from '../decide/tool-told.ts';

/**
 * Uses a tool of the agent of a brokered call, as the provider asks for it. Functions of the visitor's page are left to
 * the page.
 */
export const toolUser =
  ({ runTool }: Readonly<{ runTool: RunTool }>): UseTool =>
  async ({ tenantId, sessionId }, { useId, name, args }, signal) => {
    const use = { session: { tenantId, sessionId }, name, args, callId: useId, signal };
    const outcome = await runTool({ ...use, via: 'provider' });
    if (outcome.kind === 'refused')
      return outcome.reason === 'page-function' ? undefined : { output: outputOf(outcome), shows: [], endsCall: false };
    const endsCall = outcome.effect?.kind === 'end-call';
    return { output: outputOf(outcome), shows: shownBy(useId, name, outcome), endsCall };
  };

type Done = Extract<ToolOutcome, { kind: 'done' }>;

/** What the visitor's page is told of a use. It is redacted by now. */
function shownBy(useId: string, name: string, { ui, effect }: Done): readonly CallEvent[] {
  const results: CallEvent[] = ui === undefined ? [] : [{ kind: 'tool', useId, name, view: viewOf(ui) }];
  if (effect?.kind !== 'link') return results;
  const url = HttpsUrl.safeParse(effect.url);
  return url.success ? [...results, { kind: 'link', useId, url: url.data, label: effect.label }] : results;
}
