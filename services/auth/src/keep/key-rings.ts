import { acting, TokenUse } from '@vox/contracts';
import type { CellKind, Cells } from '@vox/platform/store';
import { z } from 'zod';
import type { KeyRing } from '../decide/signing-keys.ts';

/** Signing keys by the use of the tokens they sign. */
export type KeyRings = Cells<KeyRing>;

const ms = z.number().int();

export const keyRingCells: CellKind<KeyRing> = {
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
