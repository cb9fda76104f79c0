import type { Log } from '@vox/platform/telemetry';
import type { ToolOutcome } from '../decide/outcome.ts';
import type { FoundTool } from './find-tool.ts';
import type { Answered, Ready } from './prepare.ts';
import { type ReadResultDependencies, readResult } from './read-result.ts';

export type SendUseDependencies = ReadResultDependencies & Readonly<{ log: Log }>;

type SentUse = Readonly<{ answered: Answered; outcome: ToolOutcome }>;

type Sending = Pick<FoundTool, 'tool' | 'policy'> & Readonly<{ sessionId: string; signal: AbortSignal }>;

/**
 * Sends a use and reads what was answered. It is cut when its signal is aborted. It never throws: whatever breaks from
 * here on, the use may have been sent, so that it has failed and is over.
 */
export async function sendUse(
  dependencies: SendUseDependencies,
  ready: Ready,
  { tool, policy, sessionId, signal }: Sending,
): Promise<SentUse> {
  let answered: Answered = { kind: 'failed', reason: 'other', bytesIn: 0 };
  try {
    answered = await ready.send(signal);
    return { answered, outcome: await readResult(dependencies, answered, { tool, policy, sessionId, ready }) };
  } catch (error) {
    dependencies.log.warn({ error }, 'a tool was sent, and nobody knows what it answered');
    return { answered, outcome: { kind: 'refused', code: 'TOOL_FAILED', reason: 'other' } };
  }
}
