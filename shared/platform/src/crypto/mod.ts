export { AnchorReceipt, CheckpointReceipt, PageReceipt } from './audit-receipts.ts';
export { derivedKey, derivedSealKeys, derivedUuid, digest, withdrawalKey } from './derive.ts';
export {
  type KeyEnvironment,
  keyEnvironments,
  type MachineKey,
  machineKeyHash,
  newKeyId,
  newMachineKey,
  readMachineKey,
} from './machine-key.ts';
export { pooledRandom } from './pooled-random.ts';
export { type Receipt, type ReceiptKind, readReceipt, receiptKind, signReceipt } from './receipt.ts';
export {
  readySealKey,
  readySealKeys,
  resealed,
  type SealKey,
  type SealKeys,
  seal,
  sealKeysFrom,
  sealKeysOf,
  unseal,
} from './seal.ts';
export { type BoxKey, newBoxKey, sealTo } from './sealed-box.ts';
export { type Lease, leasedSigner } from './signing-lease.ts';
export {
  type PrivateKey,
  type PublicKey,
  type Signer,
  type Stamp,
  type TokenKind,
  tokenSigner,
  tokenVerifier,
  type Verified,
  type Verifier,
} from './token.ts';
export {
  type LoginClaims,
  LoginToken,
  type PendingLoginClaims,
  PendingLoginToken,
  type ProofClaims,
  ProofToken,
  type SessionClaims,
  SessionToken,
  type WidgetClaims,
  WidgetToken,
} from './token-kinds.ts';
