import type { AuditAct } from '@vox/contracts';

/** Who may do what to what in whose name: apart from what is done, so that roles can come without touching it. */
export type Authority = Readonly<{
  may: (act: Pick<AuditAct, 'actor' | 'action' | 'tenantId' | 'target'>) => Promise<boolean>;
}>;

/** The operator behind the `vox` command may do everything, and nobody else anything. Which process speaks as the operator, NATS decides by its nkey. */
export const operatorsOnly: Authority = { may: async ({ actor }) => /^operator:./.test(actor) };
