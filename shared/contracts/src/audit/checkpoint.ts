import { factKind } from '../kinds/fact.ts';
import { SignedPlace } from './entry.ts';

/** Told so that a checkpoint leaves the database: whoever cuts the chain there would have to cut the stream too. */
export const AuditCheckpointed = factKind(
  'vox.privacy.audit-checkpointed',
  1,
  'tenant',
  'A tenant’s audit chain went so far, signed.',
  SignedPlace,
);
