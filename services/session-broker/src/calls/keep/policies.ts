import type { Policy } from '@vox/contracts';

/** The newest policy of each tenant, as far as this copy knows it. */
export type Policies = Readonly<{ get: (tenantId: string) => Policy | undefined }>;
