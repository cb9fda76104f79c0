import { AuditPageClaims, AuditPlace } from '@vox/contracts';
import { receiptKind } from './receipt.ts';

/** The chain went so far. */
export const CheckpointReceipt = receiptKind('audit-checkpoint', AuditPlace);
/** The chain begins after this place: what came before has outlived its retention. */
export const AnchorReceipt = receiptKind('audit-anchor', AuditPlace);
/** An export holds all there was in this part of the chain. */
export const PageReceipt = receiptKind('audit-page', AuditPageClaims);
