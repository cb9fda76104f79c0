import type { Me } from '@vox/contracts';
import type { Command } from 'commander';
import type { Operator } from '../reach/operator.ts';

/** Whose credential `vox` has; `undefined` on the bus, where the operator of the installation asks. */
export type WhoAmI = () => Promise<Me | undefined>;

export function whoAmICommand(vox: Command, { say, actor }: Operator, whoAmI: WhoAmI): void {
  vox
    .command('whoami')
    .description('Shows who asks: the member with the role, the API key with its scopes, or the operator on the bus.')
    .action(async () => say((await whoAmI()) ?? { kind: 'operator', actor }));
}
