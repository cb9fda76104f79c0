import { requireTenant, type TenantDependencies, type TenantQuestion } from '../command/require-tenant.ts';
import type { AuditLog } from '../keep/audit-log.ts';

type LogDependencies = TenantDependencies & Readonly<{ auditLog: Pick<AuditLog, 'head'> }>;

/** Answers questions about tenants that exist; any other is refused. */
export const ofTenant =
  <Q extends TenantQuestion, A>(dependencies: TenantDependencies, answer: (asked: Q) => Promise<A>) =>
  async (asked: Q): Promise<A> => {
    await requireTenant(dependencies, asked);
    return answer(asked);
  };

/** Answers questions about audit logs that exist: a log must prove itself also when the bus has lost every policy. */
export const ofLog =
  <Q extends TenantQuestion, A>(dependencies: LogDependencies, answer: (asked: Q) => Promise<A>) =>
  async (asked: Q): Promise<A> => {
    const { sequence } = await dependencies.auditLog.head(asked.tenantId);
    if (sequence === 0) await requireTenant(dependencies, asked);
    return answer(asked);
  };
