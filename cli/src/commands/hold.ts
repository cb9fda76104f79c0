import { ListHolds, PlaceHold, ReleaseHold } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { Command } from 'commander';
import { type Identifying, identifiersOf, identifying } from '../options/identifiers.ts';
import type { Operator } from '../reach/operator.ts';

type Scope = Identifying & Readonly<{ session?: string }>;

/** All of a tenant, unless a call or a person is named: which of the two must be said. */
function scopeOf({ session, ...given }: Scope) {
  const identifiers = identifiersOf(given);
  if (session !== undefined && identifiers.length > 0) {
    const message = 'one call or one person is held, not both: place a hold for each';
    throw new Fault('INVALID_REQUEST', { issues: [{ path: '--session', message }] });
  }
  if (session !== undefined) return { kind: 'session', sessionId: session } as const;
  return identifiers.length > 0 ? ({ kind: 'person', identifiers } as const) : ({ kind: 'tenant' } as const);
}

export function holdCommands(vox: Command, { ask, actor, requestId, say }: Operator): void {
  const hold = vox.command('hold').description('legal holds: what retention and erasure must leave alone');
  identifying(hold.command('place <tenant>'))
    .description('keeps all of a tenant, or of one call or of one person, also what comes later')
    .requiredOption('--reason <reason>', 'for the audit log, without personal data')
    .option('--session <id>', 'one call')
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
