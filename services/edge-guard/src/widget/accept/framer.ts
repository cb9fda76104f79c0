import type { Policy } from '@vox/contracts';
import type { Verifier, WidgetClaims } from '@vox/platform/crypto';
import { Fault, invalidField } from '@vox/platform/fault';
import { check } from '../../checks/mod.ts';
import { type KeyDependencies, keyInForce, mayCallFrom } from '../../tenant/mod.ts';

type FramerDependencies = KeyDependencies & Readonly<{ verifyWidget: Verifier<WidgetClaims> }>;
type Query = Readonly<{ token?: string | undefined; key?: string | undefined; origin?: string | undefined }>;
type Adds = Readonly<{
  policy: Policy;
  origin: string;
  tenantId: string;
  /** Whoever names a key that may call is no stranger: what fails from here on is not counted by address. */
  isCounted: true;
}>;

/** A page may be opened a while after its token was made: the same while in which a token can be renewed. */
const graceSeconds = 600;

const missing = (path: string): Fault => invalidField(path, 'is required where there is no token');

/**
 * The key that is named and the origin: by a token or, where the embed script hands that over later, by the query
 * itself.
 */
async function named(
  { verifyWidget, clock }: FramerDependencies,
  { token, key, origin }: Query,
): Promise<{ widgetKey: string; origin: string | undefined }> {
  if (token !== undefined) return (await verifyWidget(token, clock.now(), { graceSeconds })).claims;
  if (key === undefined) throw missing('token');
  return { widgetKey: key, origin };
}

/**
 * Finds for whom the page is framed: an origin that its key is bound to. A copy that may have missed a revocation
 * denies.
 */
export const framer = check({
  name: 'framer',
  whenDown: 'deny',
  run:
    (dependencies: FramerDependencies) =>
    async ({ query }: Readonly<{ query: Query }>): Promise<Adds> => {
      const { widgetKey, origin } = await named(dependencies, query);
      const { policy, key } = keyInForce(dependencies, widgetKey);
      if (origin === undefined) throw missing('origin');
      if (!mayCallFrom(key, origin)) throw new Fault('ORIGIN_MISMATCH');
      return { policy, origin, tenantId: policy.tenantId, isCounted: true };
    },
});
