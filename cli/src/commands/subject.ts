import { LinkSubject } from '@vox/contracts';
import type { Command } from 'commander';
import { demandedIdentifiers, type Identifying, identifying } from '../options/identifiers.ts';
import type { Operator } from '../reach/operator.ts';
import { subjectRequestCommands } from './subject-requests.ts';

type Given = Identifying & Readonly<{ reason?: string }>;

/** `vox subject …` */
export function subjectCommands(vox: Command, operator: Operator): void {
  const { ask, actor, requestId, say } = operator;
  const subject = vox.command('subject').description('persons that data are about');
  identifying(subject.command('link <tenant> <session>'), ['email', 'phone'])
    .description('lets the person of a call be found by what it said of itself')
    .option('--reason <text>', 'why; without personal data')
    .action(async (tenantId: string, sessionId: string, { reason, ...given }: Given) => {
      const identifiers = demandedIdentifiers(given);
      say(await ask(LinkSubject, { tenantId, sessionId, identifiers, actor, reason, requestId }));
    });
  subjectRequestCommands(subject, operator);
}
