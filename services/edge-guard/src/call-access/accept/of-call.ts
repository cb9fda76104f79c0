import type { z } from 'zod';
import { type Asked, body, byTokenPlace, type Check } from '../../checks/mod.ts';
import { tokenOfBody } from '../../identity/mod.ts';
import { callLimit, knownAddressLimit } from '../../limits/mod.ts';
import { callOrigin } from '../../origin/mod.ts';
import { tenantOfRefusals } from '../../tenant/mod.ts';
import { sameSession } from './same-session.ts';
import { sessionToken } from './session-token.ts';

/** What a body may say of its call. */
type NamesCall = Readonly<{ sm_session_id?: string | undefined; authToken?: string | undefined }>;

/** The compiler compares the order for any body that may name its call; what else is in one does not matter to it. */
const around = (read: Check<unknown, Asked, { body: NamesCall }>) =>
  byTokenPlace({
    inHeader: [sessionToken, callOrigin, tenantOfRefusals, callLimit, read, sameSession],
    inBody: [knownAddressLimit, read, tokenOfBody, sessionToken, sameSession, callOrigin, tenantOfRefusals, callLimit],
  });

type Adding<More, Around = ReturnType<typeof around>> =
  Around extends Check<infer Uses, infer Needs, infer Adds> ? Check<Uses, Needs, Adds & More> : never;

/**
 * What every request of a running call passes. A token in the header is looked at, and its call counted, before
 * anything of the body is read. Where the token stands in the body, an address that is known to be over its limit is
 * not read at all.
 */
export const ofCall = <S extends z.ZodObject>(
  schema: z.infer<S> extends NamesCall ? S : never,
  shown?: z.ZodObject,
): Adding<{ body: z.infer<S> }> => around(body<S>(schema, shown) as never) as never;
