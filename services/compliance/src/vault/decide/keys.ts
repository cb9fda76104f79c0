/** A key as it is stored: sealed under the master key that `kid` names. */
export type Wrapped = Readonly<{ kid: string; sealed: string }>;

/** The two keys of a tenant: one that its subjects' keys stand under, one that blind indexes are made with. */
export type TenantKeys = Readonly<{ data: Wrapped; index: Wrapped }>;

/** The same two, open. */
export type OpenKeys = Readonly<{ data: Uint8Array; index: Uint8Array }>;

/** The keys that receipts are signed with, newest first. Private halves are wrapped; public ones are kept for ever. */
export type ReceiptKeys = Readonly<{
  keys: readonly Readonly<{ kid: string; x: string; d: Wrapped; createdAtMs: number }>[];
}>;
