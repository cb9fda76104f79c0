import { BackupDocument } from '../operations/backups.ts';
import { ReceiptKeyDocument } from '../privacy/ask-vault.ts';
import { WithdrawalDocument } from '../privacy/consent.ts';
import { RevocationDocument, SigningKeyDocument } from '../security/token-keys.ts';
import { AgentDocument, PolicyDocument } from '../tenants/documents.ts';

/** Every kind of replicated document. */
export const documentKinds = [
  PolicyDocument,
  AgentDocument,
  SigningKeyDocument,
  RevocationDocument,
  ReceiptKeyDocument,
  WithdrawalDocument,
  BackupDocument,
] as const;
