import { SignedPlace } from './audit.ts';
import { factKind } from './fact.ts';

/** Told so that a checkpoint leaves the database: whoever cuts the chain there would have to cut the stream too. */
export const AuditCheckpointed = factKind(
  'vox.privacy.audit-checkpointed',
  1,
  'tenant',
  'A tenant’s audit chain went so far, signed.',
  SignedPlace,
);
