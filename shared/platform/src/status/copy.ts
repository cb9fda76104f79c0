import { hostname } from 'node:os';
import type { Copy, CopyState } from '@vox/contracts';
import { version } from './version.ts';

/** One copy of a service. */
export type KnownCopy = Readonly<{ name: string; startedAt: Date; state: () => CopyState }>;

/** The machine and the process: in a container the machine is the container. */
export const nameOfCopy = (pid: number): string =>
  `${hostname()
    .replace(/[^A-Za-z0-9._-]/g, '-')
    .slice(0, 80)}:${pid}`;

/** A copy as it tells of itself. */
export const toldCopy = ({ name, startedAt, state }: KnownCopy): Copy => ({
  ...{ copy: name, version },
  startedAt: startedAt.toISOString(),
  state: state(),
});

/** The copy that this process is, where several services share it and nobody drains one of them. */
export const processCopy: KnownCopy = {
  name: nameOfCopy(process.pid),
  startedAt: new Date(performance.timeOrigin),
  state: () => 'working',
};
