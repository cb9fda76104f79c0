import { acting, TokenUse } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { KeyRing } from './decide.ts';

/** Signing keys by the use of the tokens they sign. */
export type KeyRings = DocumentStore<KeyRing>;

const ms = z.number().int();

export const storedKeyRings: StoredKind<KeyRing> = {
  collection: 'key_rings',
  schema: z.object({
    use: TokenUse,
    keys: z.array(
      z.object({
        kid: z.string(),
        x: z.string(),
        sealed: z.string(),
        signsFromMs: ms,
        expiresAtMs: ms,
        by: z.object(acting),
      }),
    ),
  }),
};
