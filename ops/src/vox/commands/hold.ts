import { ListHolds, PlaceHold, ReleaseHold } from '@vox/shared/contracts';
import type { Command } from 'commander';
import type { Operator } from '../operator.ts';

type Scope = { session?: string; email?: string; phone?: string; visitor?: string };

function scopeOf({ session, email, phone, visitor }: Scope) {
  if (session !== undefined) return { kind: 'session', sessionId: session } as const;
  if (email !== undefined) return { kind: 'person', identifier: { kind: 'email', value: email } } as const;
  if (phone !== undefined) return { kind: 'person', identifier: { kind: 'phone', value: phone } } as const;
  if (visitor !== undefined) return { kind: 'person', identifier: { kind: 'visitor', value: visitor } } as const;
  return { kind: 'tenant' } as const;
}

export function holdCommands(vox: Command, { ask, actor, requestId, say }: Operator): void {
  const hold = vox.command('hold').description('legal holds: what retention and erasure must leave alone');
  hold
    .command('place <tenant>')
    .description('keeps all of a tenant, or of one call or person')
    .requiredOption('--reason <reason>', 'for the audit log, without personal data')
    .option('--session <id>', 'one call')
    .option('--email <address>', 'all of a person, also what comes later')
    .option('--phone <number>', 'the same')
    .option('--visitor <id>', 'the same')
    .action(async (tenantId: string, { reason, ...scope }: Scope & { reason: string }) =>
      say(await ask(PlaceHold, { tenantId, scope: scopeOf(scope), reason, actor, requestId })),
    );
  hold
    .command('release <tenant> <hold>')
    .description('ends a hold: what is overdue goes with the next sweep')
    .option('--reason <reason>', 'for the audit log, without personal data')
    .action(async (tenantId: string, holdId: string, { reason }: { reason?: string }) =>
      say(await ask(ReleaseHold, { tenantId, holdId, reason, actor, requestId })),
    );
  hold
    .command('list <tenant>')
    .description('every hold, released ones too')
    .action(async (tenantId: string) => say((await ask(ListHolds, { tenantId })).holds));
}
