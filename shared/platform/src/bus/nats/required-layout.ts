import { setTimeout as pause } from 'node:timers/promises';
import type { JetStreamManager } from '@nats-io/jetstream';
import type { Bus } from '../bus.ts';
import { type Layout, layout, layoutRequiredBy } from '../layout/layout.ts';
import { type Difference, differences } from '../layout/layout-diff.ts';
import { serverLayoutOf } from './server-layout.ts';

/** Sizes and copies are the deployment's own choice. */
const ofTheDeployment = ['num_replicas', 'max_bytes', 'placement'];

/** The layout that a service requires. */
export const requiredLayout = (service: string): Layout => layoutRequiredBy(service, layout({ replicas: 1 }));

const sentence = ({ kind, name, stream, change, fields }: Difference): string => {
  const what = kind === 'stream' ? `stream ${name}` : `consumer ${name} of ${stream}`;
  if (change === 'missing') return `${what} is not there`;
  return `${what} is not as declared in ${fields.map(({ field }) => field).join(', ')}`;
};

/** What is missing or not as declared, a sentence each. Throws when the server does not answer. */
export async function missingFrom(manager: JetStreamManager, required: Layout): Promise<readonly string[]> {
  const found = await serverLayoutOf(manager, required);
  return differences(required, found, { leftOut: ofTheDeployment, extras: false }).map(sentence);
}

const longestPauseMs = 1_000;

/** Reports a new link once everything that is required is there again: a server may come back without its data. */
export function onceNothingIsMissing(
  manager: JetStreamManager,
  required: Layout,
  onLink: Bus['onRelink'],
  isOpen: () => boolean,
): Bus['onRelink'] {
  const listeners = new Set<() => void>();
  let round = 0;
  onLink(() => {
    round += 1;
    void waitIn(round);
  });
  /** A link that is lost in the meantime starts another round. */
  async function waitIn(own: number): Promise<void> {
    for (let waitMs = 50; isOpen() && own === round; waitMs = Math.min(2 * waitMs, longestPauseMs)) {
      const missing = await missingFrom(manager, required).catch(() => undefined);
      if (missing?.length === 0) break;
      await pause(waitMs);
    }
    if (isOpen() && own === round) for (const listener of listeners) listener();
  }
  return (listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
}
