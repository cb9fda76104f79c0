import {
  type Acting,
  type Copy,
  type CopyState,
  DrainBegun,
  DrainCopies,
  makeFact,
  platform,
  type ServiceName,
  ShowCopy,
} from '@vox/contracts';
import type { Bus } from '../bus/mod.ts';
import { Fault } from '../fault/mod.ts';
import { type KnownCopy, nameOfCopy, toldCopy } from '../status/mod.ts';
import type { Log } from '../telemetry/mod.ts';
import type { Stops } from './stops.ts';

/** This copy of a service. */
export type OwnCopy = KnownCopy &
  Readonly<{
    /** Says that what was opened so far stays open while this copy is drained: the way by which it is asked. */
    stays: () => void;
    /** Hands over, and takes no more work. What takes long goes on after this call. */
    drain: () => void;
  }>;

/** This copy, which works once it is opened, until it is drained. */
export function copyOf(
  pid: number,
  startedAt: Date,
  log: Pick<Log, 'info'>,
  stops: Stops,
): OwnCopy & Readonly<{ opened: () => void }> {
  let state: CopyState = 'starting';
  let height = 0;
  return {
    name: nameOfCopy(pid),
    startedAt,
    state: () => state,
    opened: () => {
      state = 'working';
    },
    stays: () => {
      height = stops.height();
    },
    drain() {
      if (state !== 'working') return;
      state = 'draining';
      log.info({}, 'draining');
      void stops.downTo(height).then(() => {
        state = 'drained';
        log.info({}, 'drained');
      });
    },
  };
}

/**
 * Answers the operator what this copy is, and drains it when it is named. It begins once the fact is stored: what
 * nobody can look up afterwards is not done. Only the operator of the installation may ask.
 */
export async function answerAsCopy(service: ServiceName, bus: Bus, copy: OwnCopy): Promise<void> {
  const told = (): Copy => toldCopy(copy);
  async function drain(by: Acting): Promise<void> {
    if (copy.state() === 'starting') throw new Fault('UNAVAILABLE', { message: `${copy.name} is still starting` });
    if (copy.state() !== 'working') return;
    const { actor, reason, requestId } = by;
    const head = {
      id: `drain:${service}:${copy.name}:${copy.startedAt.getTime()}`,
      source: service,
      at: await bus.time(),
    };
    const data = { tenantId: platform, service, copy: copy.name, actor, reason, requestId };
    await bus.publish(DrainBegun, makeFact(DrainBegun, head, data));
    copy.drain();
  }
  await bus.answer(ShowCopy[service], async (_request, { isOperator }) => {
    if (!isOperator) throw new Fault('FORBIDDEN');
    return told();
  });
  await bus.answer(DrainCopies[service], async ({ copies, ...by }, { isOperator }) => {
    if (!isOperator) throw new Fault('FORBIDDEN');
    if (copies.includes(copy.name)) await drain(by);
    return told();
  });
}
