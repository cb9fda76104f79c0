import { setTimeout as pause } from 'node:timers/promises';
import type { JetStreamManager } from '@nats-io/jetstream';
import type { Bus } from '../bus.ts';
import { type Layout, layout, neededBy } from '../layout.ts';
import { type Difference, differences } from '../layout-diff.ts';
import { foundOf } from './server-layout.ts';

/** How large and how often a deployment keeps things is its own matter. */
const ofTheDeployment = ['num_replicas', 'max_bytes', 'placement'];

/** What a service must find on the bus. */
export const needsOf = (service: string): Layout => neededBy(service, layout({ replicas: 1 }));

const sentence = ({ kind, name, stream, change, fields }: Difference): string => {
  const what = kind === 'stream' ? `stream ${name}` : `consumer ${name} of ${stream}`;
  if (change === 'missing') return `${what} is not there`;
  return `${what} is not as declared in ${fields.map(({ field }) => field).join(', ')}`;
};

/** What is missing of it or is not as the contracts say, a sentence each. Throws when the server does not answer. */
export async function lacking(manager: JetStreamManager, needs: Layout): Promise<readonly string[]> {
  const found = await foundOf(manager, needs);
  return differences(needs, found, { leftOut: ofTheDeployment, extras: false }).map(sentence);
}

const longestPauseMs = 1_000;

/** Hears of a link that stands again, once everything that is needed is there again too: a server may come back without its data. */
export function whenNothingLacks(
  manager: JetStreamManager,
  needs: Layout,
  onLink: Bus['onRelink'],
  isOpen: () => boolean,
): Bus['onRelink'] {
  const listeners = new Set<() => void>();
  let round = 0;
  onLink(() => {
    round += 1;
    void waitIn(round);
  });
  /** A link that is lost meanwhile begins another round. */
  async function waitIn(own: number): Promise<void> {
    for (let waitMs = 50; isOpen() && own === round; waitMs = Math.min(2 * waitMs, longestPauseMs)) {
      const lacks = await lacking(manager, needs).catch(() => undefined);
      if (lacks?.length === 0) break;
      await pause(waitMs);
    }
    if (isOpen() && own === round) for (const listener of listeners) listener();
  }
  return (listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
}
