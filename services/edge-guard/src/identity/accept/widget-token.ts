import type { Identity, Policy, PolicyKey } from '@vox/contracts';
import type { Verifier, WidgetClaims } from '@vox/platform/crypto';
import { check } from '../../checks/mod.ts';
import { type KeyDependencies, keyInForce } from '../../tenant/mod.ts';

type WidgetTokenDependencies = KeyDependencies & Readonly<{ verifyWidget: Verifier<WidgetClaims> }>;

/** What a widget token says, and what its key stands for now. */
export type WidgetTokenHolder = Readonly<{
  claims: WidgetClaims;
  identity: Extract<Identity, { kind: 'widget' }>;
  policy: Policy;
  key: PolicyKey;
  tenantId: string;
}>;

/** Verifies a widget token, `graceSeconds` after its end too, and refuses one whose key is no longer in force. */
export const widgetToken = ({ graceSeconds = 0 }: Readonly<{ graceSeconds?: number }> = {}) =>
  check({
    name: 'widget token',
    // Whether a key was revoked must be known: a copy that may have missed it refuses.
    whenDown: 'deny',
    run:
      (dependencies: WidgetTokenDependencies) =>
      async ({ token }: Readonly<{ token: string }>): Promise<WidgetTokenHolder> => {
        const { verifyWidget, clock } = dependencies;
        const { subject, claims } = await verifyWidget(token, clock.now(), { graceSeconds });
        const { policy, key } = keyInForce(dependencies, claims.widgetKey);
        const identity = { kind: 'widget' as const, widgetKey: claims.widgetKey, visitorId: subject };
        return { claims, identity, policy, key, tenantId: policy.tenantId };
      },
  });
