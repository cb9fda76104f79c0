import type { Verified, Verifier, WidgetClaims } from '@vox/platform/crypto';
import type { Clock } from '@vox/platform/time';
import { check } from '../../checks/mod.ts';

type ShownTokenDependencies = Readonly<{ verifyWidget: Verifier<WidgetClaims>; clock: Pick<Clock, 'now'> }>;

/** Verifies the widget token of a request that may do without: whoever shows one that is none is read no further. */
export const shownWidgetToken = check({
  name: 'shown widget token',
  whenDown: 'no store',
  run:
    ({ verifyWidget, clock }: ShownTokenDependencies) =>
    async ({
      token,
    }: Readonly<{ token: string | undefined }>): Promise<{ shown: Verified<WidgetClaims> | undefined }> => ({
      shown: token === undefined ? undefined : await verifyWidget(token, clock.now()),
    }),
});
