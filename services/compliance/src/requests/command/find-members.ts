import { ExportFrom } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { CanonicalIdentifier } from '@vox/platform/identifiers';
import { askMs } from './ask-about-person.ts';

/**
 * Who signs in to manage the tenant is known to auth alone: for each identifier, the members that it leads to. An
 * address or the id of a member leads to one at most.
 */
export const findMembers = (
  { bus }: Readonly<{ bus: Pick<Bus, 'ask'> }>,
  tenantId: string,
  identifiers: readonly CanonicalIdentifier[],
): Promise<readonly (readonly string[])[]> =>
  Promise.all(
    identifiers.map(async ({ kind, form }) => {
      if (kind !== 'email' && kind !== 'user') return [];
      const named = kind === 'email' ? { emails: [form], userIds: [] } : { emails: [], userIds: [form] };
      const asked = { tenantId, visitorIds: [], sessionIds: [], ...named };
      const { records } = await bus.ask(ExportFrom.auth, asked, { timeoutMs: askMs });
      return records.filter((record) => record.kind === 'member').map(({ id }) => id);
    }),
  );
