import type { AuditAct } from '@vox/contracts';

/**
 * Who may do what to what in whose name. It stands apart from what is done, so that roles can come without touching
 * that.
 */
export type Authority = Readonly<{
  may: (act: Pick<AuditAct, 'actor' | 'action' | 'tenantId' | 'target'>) => Promise<boolean>;
}>;

/**
 * The operator behind the `vox` command may do everything, and nobody else anything. NATS decides by its nkey who the
 * operator is.
 */
export const operatorsOnly: Authority = { may: async ({ actor }) => /^operator:./.test(actor) };
