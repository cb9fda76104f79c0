import { ReadTranscript, SearchTranscripts } from '@vox/contracts';
import type { Command } from 'commander';
import { moment, wholeNumber } from '../options/arguments.ts';
import { type Identifying, identifiersOf, identifying } from '../options/identifiers.ts';
import type { Operator } from '../reach/operator.ts';

type Wanted = Identifying &
  Readonly<{
    session?: string;
    agent?: string;
    from?: string;
    to?: string;
    limit: number;
    after?: string;
  }>;

/** `vox transcript …` */
export function transcriptCommands(vox: Command, { ask, actor, requestId, say }: Operator): void {
  const transcript = vox.command('transcript').description('what was said in calls');
  identifying(transcript.command('search <tenant>'))
    .description('lists transcripts, the newest call first, without a word of them')
    .option('--session <id>')
    .option('--agent <id>')
    .option('--from <moment>', 'calls that began then or later (ISO 8601)', moment)
    .option('--to <moment>', 'calls that began before (ISO 8601)', moment)
    .option('--limit <number>', 'at most so many', wholeNumber, 50)
    .option('--after <next>', 'goes on where a list ended')
    .action(async (tenantId: string, wanted: Wanted) => {
      const { session, agent, from, to, limit, after } = wanted;
      const given = identifiersOf(wanted);
      const identifiers = given.length === 0 ? undefined : given;
      const asked = { sessionId: session, agentId: agent, from, to, limit, after, identifiers };
      say(await ask(SearchTranscripts, { tenantId, ...asked }));
    });
  transcript
    .command('read <tenant> <session>')
    .description('shows what was said; the audit log keeps who read it, and why')
    .requiredOption('--reason <text>', 'why it must be read; without personal data')
    .action(async (tenantId: string, sessionId: string, { reason }: { reason: string }) => {
      const asked = { tenantId, sessionId, actor, reason, requestId };
      let page = await ask(ReadTranscript, asked);
      const messages = [...page.messages];
      while (page.next !== null) {
        page = await ask(ReadTranscript, { ...asked, after: page.next });
        messages.push(...page.messages);
      }
      say({ transcript: page.transcript, messages });
    });
}
