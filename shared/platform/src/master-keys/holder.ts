import type { MasterKeyProviderName } from './master-keys.ts';

/** A key as one holder wrapped it. */
export type HeldKey = Readonly<{ keyId: string; sealed: string }>;

/** Who holds master keys of one kind. Each promise rejects with Fault UNAVAILABLE when the holder does not answer. */
export type MasterKeyHolder = Readonly<{
  provider: MasterKeyProviderName;
  wrap: (dataKey: Buffer, context: string) => Promise<HeldKey>;
  /** `undefined` when none of its master keys opens it, or the context is another. */
  open: (wrapped: HeldKey, context: string) => Promise<Buffer | undefined>;
  isNewest: (wrapped: HeldKey) => boolean;
  newest: () => Promise<Readonly<{ keyId: string; createdAt?: Date | undefined }>>;
}>;
