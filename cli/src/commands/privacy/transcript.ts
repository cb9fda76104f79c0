import { ReadTranscript, SearchTranscripts } from '@vox/contracts';
import type { Command } from 'commander';
import { moment, wholeNumber } from '../../options/arguments.ts';
import { type IdentifierOptions, identifiersOf, withIdentifiers } from '../../options/identifiers.ts';
import type { Operator } from '../../reach/operator.ts';

type Wanted = IdentifierOptions &
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
  const transcript = vox.command('transcript').description('Searches and reads transcripts.');
  withIdentifiers(transcript.command('search <tenant>'))
    .description('Lists transcripts without their words, the newest call first.')
    .option('--session <id>', 'the transcript of this call alone')
    .option('--agent <id>', 'calls with this agent alone')
    .option('--from <moment>', 'calls that began at this moment or later (ISO 8601)', moment)
    .option('--to <moment>', 'calls that began before this moment (ISO 8601)', moment)
    .option('--limit <number>', 'how many transcripts', wholeNumber, 50)
    .option('--after <next>', 'continue where an earlier list ended')
    .action(async (tenantId: string, wanted: Wanted) => {
      const { session, agent, from, to, limit, after } = wanted;
      const given = identifiersOf(wanted);
      const identifiers = given.length === 0 ? undefined : given;
      const asked = { sessionId: session, agentId: agent, from, to, limit, after, identifiers };
      say(await ask(SearchTranscripts, { tenantId, ...asked }));
    });
  transcript
    .command('read <tenant> <session>')
    .description('Shows the words of a call. The audit log keeps who read it, and why.')
    .requiredOption('--reason <text>', 'why you read it; the audit log keeps it; without personal data')
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
