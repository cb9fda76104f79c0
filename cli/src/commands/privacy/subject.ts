import { LinkSubject } from '@vox/contracts';
import type { Command } from 'commander';
import { demandedIdentifiers, type IdentifierOptions, withIdentifiers } from '../../options/identifiers.ts';
import type { Operator } from '../../reach/operator.ts';
import { subjectRequestCommands } from './subject-requests.ts';

type Given = IdentifierOptions & Readonly<{ reason?: string }>;

/** `vox subject …` */
export function subjectCommands(vox: Command, operator: Operator): void {
  const { ask, actor, requestId, say } = operator;
  const subject = vox.command('subject').description('Answers the persons that data are about.');
  withIdentifiers(subject.command('link <tenant> <session>'), ['email', 'phone'])
    .description('Links the person of a call to an e-mail address or a phone number.')
    .option('--reason <text>', 'why; the audit log keeps it; without personal data')
    .action(async (tenantId: string, sessionId: string, { reason, ...given }: Given) => {
      const identifiers = demandedIdentifiers(given);
      say(await ask(LinkSubject, { tenantId, sessionId, identifiers, actor, reason, requestId }));
    });
  subjectRequestCommands(subject, operator);
}
