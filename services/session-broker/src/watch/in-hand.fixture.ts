import { redactor } from '@vox/platform/redaction-thread';
import { somePolicy } from '@vox/testing';
import { type WatchesDependencies, watchesOf } from './command/watches.ts';

/** The watches of a copy that a test holds in its hand. */
export const watchesIn = (
  options: Omit<WatchesDependencies, 'copy' | 'policies' | 'withdrawn' | 'redactor' | 'useTool' | 'onActive' | 'onEnd'>,
) =>
  watchesOf({
    ...options,
    copy: 'in-hand',
    policies: { get: () => somePolicy() },
    withdrawn: { get: () => undefined, current: () => true },
    redactor: redactor({ perCallMax: 8, waitingMax: 64, patienceMs: 10_000 }),
    useTool: async () => undefined,
    onActive: () => undefined,
    onEnd: () => undefined,
  });
