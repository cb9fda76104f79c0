import { AgentId, Origin } from '@vox/contracts';
import { z } from 'zod';
import { writtenToken } from '../../identity/mod.ts';

export const BootstrapQuery = z.object({ key: z.string().min(1).max(120), agentId: AgentId.optional() });
/**
 * `tenantId`, `agentId` and `displayName` are for the page; only the token counts here or, where the page is handed it
 * later, the key and its origin.
 */
export const WidgetQuery = z.object({
  token: writtenToken.optional().describe('older embed scripts put it here; it is better kept out of every URL'),
  key: z.string().min(1).max(120).optional().describe('the widget key, in the place of a token'),
  origin: Origin.optional().describe(
    'with a key: the origin of the page that frames this one, of those that the key is bound to',
  ),
});
