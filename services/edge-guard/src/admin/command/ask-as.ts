import type { ApiRow } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { Once } from '../../idempotency/mod.ts';

export type AskAsDependencies = Readonly<{ bus: Pick<Bus, 'ask'> }>;

type Asked = Readonly<{
  manager: Readonly<{ proof: string }>;
  asked: Record<string, unknown>;
  once?: Once | undefined;
}>;

/** Some questions read a whole page of a log. */
const timeoutMs = 5_000;

/** Asks a question with the proof of whoever wants to know. What was answered before is answered again. */
export const askAs =
  ({ question, patienceMs = timeoutMs }: ApiRow) =>
  ({ bus }: AskAsDependencies) =>
  async ({ manager: { proof }, asked, once }: Asked): Promise<unknown> => {
    if (once?.answered !== undefined) return once.answered;
    const answer = await bus.ask(question, asked, { proof, timeoutMs: patienceMs });
    await once?.remember(answer);
    return answer;
  };
