import { LinkSubject, type SubjectIdentifier } from '@vox/shared/contracts';
import type { Command } from 'commander';
import type { Operator } from '../operator.ts';
import { subjectRequestCommands } from './subject-requests.ts';

type Given = Readonly<{ email?: string; phone?: string; reason?: string }>;

/** `vox subject …` */
export function subjectCommands(vox: Command, operator: Operator): void {
  const { ask, actor, requestId, say } = operator;
  const subject = vox.command('subject').description('persons that data are about');
  subject
    .command('link <tenant> <session>')
    .description('lets the person of a call be found by what it said of itself')
    .option('--email <address>')
    .option('--phone <number>')
    .option('--reason <text>', 'why; without personal data')
    .action(async (tenantId: string, sessionId: string, { email, phone, reason }: Given) => {
      const identifiers: SubjectIdentifier[] = [
        ...(email === undefined ? [] : [{ kind: 'email' as const, value: email }]),
        ...(phone === undefined ? [] : [{ kind: 'phone' as const, value: phone }]),
      ];
      say(await ask(LinkSubject, { tenantId, sessionId, identifiers, actor, reason, requestId }));
    });
  subjectRequestCommands(subject, operator);
}
