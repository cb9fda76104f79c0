import { factKind } from '../kinds/fact.ts';
import { SignedPlace } from './entry.ts';

/**
 * Published so that a checkpoint leaves the database: whoever cuts the chain there would have to cut the stream too.
 */
export const AuditCheckpointed = factKind({
  name: 'vox.privacy.audit-checkpointed',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_PRIVACY',
  publishers: ['compliance'],
  summary: 'A tenant’s audit chain went so far, signed.',
  data: SignedPlace,
});

/** The facts of the audit log itself. */
export const auditFacts = [AuditCheckpointed] as const;
