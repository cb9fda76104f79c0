import type { Bus } from '@vox/shared/bus';
import type { Log } from '@vox/shared/telemetry';
import type { AuditLog } from '../keep/audit-log.ts';

/** What the handlers of this service work with. */
export type Needs = Readonly<{ bus: Bus; auditLog: AuditLog; log: Log }>;
