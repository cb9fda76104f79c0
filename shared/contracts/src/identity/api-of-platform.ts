import { EndSessions } from '../calls/ask-broker.ts';
import * as letters from '../operations/dead-letters.ts';
import { ShowPlatform } from '../operations/platform.ts';
import { RewrapKeys } from '../privacy/ask-vault.ts';
import { ReplayErasures } from '../privacy/requests.ts';
import { RewrapSecrets } from '../secrets/ask-secrets.ts';
import * as auth from '../tenants/ask-auth.ts';
import { ResetUsage } from '../usage/ask-limits.ts';
import { apiRow } from './api-row.ts';
import { ListTenants } from './ask-policy-versions.ts';

/** What platform operators do to tenants, each named by its path. Everybody else’s tenant comes from the credential. */
export const ofPlatform = [
  apiRow('post', '/tenants/:tenantId/usage/reset', ResetUsage),
  apiRow('get', '/tenants', ListTenants),
  apiRow('post', '/tenants', auth.CreateTenant, { wholeBody: 'draft', tenantInBody: true, status: 201 }),
  apiRow('get', '/tenants/:tenantId', auth.ShowTenant),
  apiRow('post', '/tenants/:tenantId/status', auth.SetTenantStatus, { matches: 'ifVersion' }),
  apiRow('post', '/tenants/:tenantId/kill-switch', auth.SetKillSwitch),
  apiRow('post', '/tenants/:tenantId/sessions/end', EndSessions),
  apiRow('post', '/signing-keys/rotate', auth.RotateSigningKey),
  apiRow('post', '/master-keys/rewrap', RewrapKeys),
  apiRow('post', '/secret-keys/rewrap', RewrapSecrets),
  apiRow('post', '/erasures/replay', ReplayErasures),
  apiRow('get', '/platform/status', ShowPlatform),
  apiRow('get', '/platform/dead-letters', letters.ListDeadLetters),
  apiRow('get', '/platform/dead-letters/:letter', letters.ShowDeadLetter),
  apiRow('post', '/platform/dead-letters/:letters/replay', letters.ReplayDeadLetters, { patienceMs: 58_000 }),
  apiRow('post', '/platform/dead-letters/:letters/drop', letters.DropDeadLetters),
];
