import type { ToolOutcome, ToolRefusal } from './outcome.ts';
import type { ToolUse } from './uses.ts';

const again = (code: ToolRefusal['code'], reason: ToolRefusal['reason']): ToolRefusal => ({
  kind: 'refused',
  ...{ code, reason },
});

/**
 * What a use that comes again hears: what it heard before, that it is under way, or that nobody knows any more what
 * became of it. It is not run again in any case. Other arguments under the same id are refused.
 */
export function answerAgain(
  { use, mark, nowMs }: Readonly<{ use: ToolUse; mark: string; nowMs: number }>,
  unseal: (sealed: string) => ToolOutcome | undefined,
): ToolOutcome {
  if (use.mark !== mark) return again('MISMATCH', 'other-arguments');
  if (use.done === undefined)
    return nowMs <= use.overByMs ? again('IN_FLIGHT', 'in-flight') : again('TOOL_FAILED', 'interrupted');
  const kept = use.sealed === undefined ? undefined : unseal(use.sealed);
  return kept ?? again('TOOL_FAILED', 'interrupted');
}
