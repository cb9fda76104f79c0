import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { bootstrapIdentity } from '@vox/contracts';
import { Reason } from '../../fault/mod.ts';
import type { Clock } from '../../time/mod.ts';
import { type Layout, layout } from '../layout/layout.ts';
import { type Difference, differences, type ServerLayout } from '../layout/layout-diff.ts';
import type { Sizes } from '../layout/layout-streams.ts';
import { type NatsReach, natsReach } from './reach.ts';
import { applyDifferences, wholeServerLayout } from './server-layout.ts';

export type BootstrapOptions = Sizes &
  NatsReach &
  Readonly<{
    clock: Clock;
    /** What the server must have; what the contracts ask for when left out. */
    wanted?: Layout;
  }>;

/** Makes and changes streams, buckets and consumers. Nothing else may. */
export type Bootstrap = Readonly<{
  /** What is not as the contracts say. */
  differences: () => Promise<readonly Difference[]>;
  /**
   * Applies the contracts and answers what it changed; a second time there is nothing to do. Throws LossNotAllowed and
   * changes nothing when that would lose something that `allowed` does not name. Anything that is in no contract stays
   * unless it is named.
   */
  apply: (allowed?: readonly string[]) => Promise<readonly Difference[]>;
  close: () => Promise<void>;
}>;

export class LossNotAllowed extends Reason {
  readonly losses: readonly string[];
  constructor(losses: readonly string[]) {
    super(`nothing was changed, for something would be lost: allow it by name, --lose ${losses.join(' ')}`);
    this.losses = losses;
  }
}

/**
 * No server changes such a field of an existing stream, and a command must not drop a stream with all that it holds.
 */
export class UnchangeableStream extends Reason {
  constructor({ name, fields }: Difference) {
    const what = fields.map(({ field }) => field).join(', ');
    super(`nothing was changed: no server changes ${what} of a stream that stands (${name}); move it by hand`);
  }
}

const connectMs = 5_000;

export async function natsBootstrap(options: BootstrapOptions): Promise<Bootstrap> {
  const { clock, wanted = layout(options) } = options;
  const connection = await connect({
    ...natsReach(options),
    name: bootstrapIdentity,
    inboxPrefix: `_INBOX.${bootstrapIdentity}`,
    timeout: connectMs,
  });
  const manager = await jetstreamManager(connection, { checkAPI: false });
  const look = (): Promise<ServerLayout> =>
    wholeServerLayout(manager).catch((error: unknown) => {
      if (!(error instanceof Error && /Permissions Violation/.test(error.message))) throw error;
      throw new Reason('NATS_NKEY_SEED is not the seed of the bootstrap identity, who alone may configure the bus');
    });

  return {
    differences: async () => differences(wanted, await look()),
    async apply(allowed = []) {
      const found = await look();
      const isNamed = ({ losses }: Difference): boolean => losses.every((loss) => allowed.includes(loss));
      const differing = differences(wanted, found).filter(
        (each) => each.change !== 'extra' || (each.kind === 'consumer' && isNamed(each)),
      );
      const stuck = differing.find(({ kind, change }) => kind === 'stream' && change === 'fixed');
      if (stuck !== undefined) throw new UnchangeableStream(stuck);
      const losses = differing.filter((each) => !isNamed(each)).flatMap((each) => each.losses);
      if (losses.length > 0) throw new LossNotAllowed(losses.filter((loss) => !allowed.includes(loss)));
      await applyDifferences(connection, wanted, found, differing, clock);
      return differing;
    },
    close: () => connection.close(),
  };
}
