import { CreateWidgetKey, InviteMember, PutTenant, type TenantDraft } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { z } from 'zod';

/** A tenant to try things with. */
export const demoDraft: z.input<typeof TenantDraft> = {
  tenantId: 'demo',
  displayName: 'Demo',
  branding: { primaryColor: '#0b5fff' },
  disclosure: 'You are talking to a machine, not to a person.',
  agents: [
    {
      agentId: 'guide',
      displayName: 'Guide',
      instructions: 'You are a friendly guide. Answer briefly.',
      models: ['gpt-realtime-2.1', 'gpt-realtime-2.1-mini'],
      voices: ['marin', 'cedar'],
      tools: [],
    },
  ],
  calls: 'both',
  bot: { mode: 'off', whenUnavailable: 'deny' },
};

/** Creates the demo tenant with a key for one origin, and answers the key. */
export async function demoTenant(bus: Bus, origin: string, draft = demoDraft): Promise<string> {
  await bus.ask(PutTenant, { draft, actor: 'all-in-one' });
  const { widgetKey } = await bus.ask(CreateWidgetKey, {
    tenantId: draft.tenantId,
    label: 'page',
    origins: [origin],
    actor: 'all-in-one',
  });
  return widgetKey;
}

const demoOwner = 'owner@demo.example';

/** Invites an owner of the demo tenant, whose mail only the catcher has, and answers the address. */
export async function inviteDemoOwner(bus: Pick<Bus, 'ask'>, { tenantId } = demoDraft): Promise<string> {
  await bus.ask(InviteMember, { tenantId, email: demoOwner, role: 'owner', actor: 'operator:all-in-one' });
  return demoOwner;
}
