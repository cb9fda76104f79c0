import type { ToolVia } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { inToolSpan, type Log, showToolOnSpan, toolUses } from '@vox/platform/telemetry';
import type { ToolOutcome } from '../decide/outcome.ts';
import type { CheckArguments } from './check-arguments.ts';

const failures: ReadonlySet<string> = new Set(['TOOL_FAILED', 'UNAVAILABLE']);

const outcomeOf = (outcome: ToolOutcome): string => {
  if (outcome.kind === 'done') return outcome.ok ? 'ok' : 'not-ok';
  if (outcome.reason === 'interrupted') return 'interrupted';
  return failures.has(outcome.code) ? 'failed' : 'refused';
};
const reasonOf = (outcome: ToolOutcome): string => (outcome.kind === 'refused' ? (outcome.reason ?? '') : '');

/** Runs a use in its span and counts it. What was thrown is a refusal by name: whoever asked has a call to go on. */
export function observed(
  { log }: Readonly<{ log: Log }>,
  { via }: Readonly<{ via: ToolVia | 'try' }>,
  run: () => Promise<ToolOutcome>,
): Promise<ToolOutcome> {
  const work = async (): Promise<ToolOutcome> => {
    const outcome = await run().catch((error: unknown): ToolOutcome => {
      log.warn({ error }, 'a tool was not run');
      const isDown = error instanceof Fault && error.code === 'UNAVAILABLE';
      return { kind: 'refused', code: 'UNAVAILABLE', reason: isDown ? 'unavailable' : 'other' };
    });
    toolUses.add(1, { via, outcome: outcomeOf(outcome), reason: reasonOf(outcome) });
    return outcome;
  };
  return inToolSpan(work, (outcome) =>
    outcome.kind === 'refused' && failures.has(outcome.code) ? outcome.code : undefined,
  );
}

/** Names a tool on the span of its use: one whose arguments are checked was found in the agent of its call. */
export const namedOnSpan =
  (check: CheckArguments): CheckArguments =>
  (tool, args) => {
    showToolOnSpan(tool.name);
    return check(tool, args);
  };
