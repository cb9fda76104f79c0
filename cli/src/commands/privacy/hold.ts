import { ListHolds, PlaceHold, ReleaseHold } from '@vox/contracts';
import { type Fault, invalidField } from '@vox/platform/fault';
import type { Command } from 'commander';
import { everyPage } from '../../dialogues/every-page.ts';
import { type IdentifierOptions, identifiersOf, withIdentifiers } from '../../options/identifiers.ts';
import type { Operator } from '../../reach/operator.ts';

type ScopeOptions = IdentifierOptions & Readonly<{ session?: string; wholeTenant?: true }>;

const wrong = (message: string): Fault => invalidField('hold place', message);

/** What a hold covers. A forgotten option must not hold a whole tenant, so that scope has an option of its own. */
function scopeOf({ session, wholeTenant, ...given }: ScopeOptions) {
  const identifiers = identifiersOf(given);
  const scopes = [
    ...(session === undefined ? [] : [{ kind: 'session', sessionId: session } as const]),
    ...(identifiers.length === 0 ? [] : [{ kind: 'person', identifiers } as const]),
    ...(wholeTenant ? [{ kind: 'tenant' } as const] : []),
  ];
  const [scope] = scopes;
  if (scope === undefined)
    throw wrong('needs one of: --session, --email, --phone, --visitor, --user, or --whole-tenant for everything');
  if (scopes.length > 1) throw wrong('covers one call, one person or the whole tenant: place a hold for each');
  return scope;
}

export function holdCommands(vox: Command, { ask, actor, requestId, say }: Operator): void {
  const hold = vox.command('hold').description('Places legal holds, which retention and erasure must respect.');
  withIdentifiers(hold.command('place <tenant>'))
    .description('Keeps all data of one call, one person or a whole tenant, later data too.')
    .requiredOption('--reason <reason>', 'why; the audit log keeps it; without personal data')
    .option('--session <id>', 'hold one call')
    .option('--whole-tenant', 'hold everything of the tenant, its audit log too')
    .action(async (tenantId: string, { reason, ...scope }: ScopeOptions & { reason: string }) =>
      say(await ask(PlaceHold, { tenantId, scope: scopeOf(scope), reason, actor, requestId })),
    );
  hold
    .command('release <tenant> <hold>')
    .description('Ends a hold. The next sweep removes what is overdue.')
    .option('--reason <reason>', 'why; the audit log keeps it; without personal data')
    .action(async (tenantId: string, holdId: string, { reason }: { reason?: string }) =>
      say(await ask(ReleaseHold, { tenantId, holdId, reason, actor, requestId })),
    );
  hold
    .command('list <tenant>')
    .description('Lists every hold, released ones too.')
    .action(async (tenantId: string) =>
      say(
        await everyPage(async (after: string | undefined) => {
          const { holds: rows, next } = await ask(ListHolds, { tenantId, after });
          return { rows, next };
        }),
      ),
    );
}
