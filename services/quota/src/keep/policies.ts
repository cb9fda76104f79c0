import type { Policy } from '@vox/contracts';

/** The policy of each tenant, as auth shows it. A tenant that auth has not shown yet has none. */
export type Policies = Readonly<{ get: (tenantId: string) => Policy | undefined }>;
