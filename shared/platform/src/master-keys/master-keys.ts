/**
 * A key that stands wrapped under a master key: `<provider>|<key id>|<sealed>`. It may be kept beside what the key
 * seals: without the master key it is noise. It says which master key opens it, and nothing of either key.
 */
export type WrappedKey = string;

/** Who can hold master keys. `given` is this process itself, from its environment or a file. */
export const masterKeyProviders = ['given', 'aws-kms', 'vault-transit'] as const;
export type MasterKeyProviderName = (typeof masterKeyProviders)[number];

/**
 * Wraps keys of data under master keys. `context` names what a key is for, such as `tenant:acme:secrets`: a key that
 * was wrapped for one context opens for no other. A context is no secret, for a key management service logs it.
 * Every promise rejects with Fault UNAVAILABLE while the holder of the master key does not answer.
 */
export type MasterKeys = Readonly<{
  /** Wraps under the newest master key. */
  wrap: (dataKey: Buffer, context: string) => Promise<WrappedKey>;
  /**
   * The key, in bytes of the caller's own. Rejects with Fault UNAVAILABLE, too, when no master key at hand opens it, or
   * it was wrapped for another context.
   */
  unwrap: (wrapped: WrappedKey, context: string) => Promise<Buffer>;
  /** Whether it stands under the newest master key, as far as this process has heard of it. */
  isNewest: (wrapped: WrappedKey) => boolean;
}>;

/** The newest master key. Nobody knows how old a given key is. */
export type NewestMasterKey = Readonly<{
  provider: MasterKeyProviderName;
  keyId: string;
  createdAt?: Date | undefined;
}>;

/** The same for whoever keeps wrapped keys, moves them to newer master keys, and watches over their age. */
export type MasterKeyKeeping = MasterKeys &
  Readonly<{
    /** As `unwrap`, but `undefined` when no master key at hand opens it or the context is another. */
    open: (wrapped: WrappedKey, context: string) => Promise<Buffer | undefined>;
    /** Asks the holder for the newest master key. From then on `isNewest` goes by what it answered. */
    newest: () => Promise<NewestMasterKey>;
  }>;
