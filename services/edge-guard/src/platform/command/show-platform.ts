import {
  type CopyStatus,
  CountDeadLetters,
  type PlatformStatus,
  type ServiceName,
  ShowPolicyFindings,
  ShowStatus,
  serviceNames,
} from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import { platformOf } from '../decide/platform.ts';

export type ShowPlatformDependencies = Readonly<{
  bus: Pick<Bus, 'ask' | 'askEvery'>;
  clock: Pick<Clock, 'now'>;
  answerMs?: number;
}>;

/** Copies have so long to answer. Nobody knows how many there are, so all of it is waited for. */
const standardMs = 1_500;

/**
 * Asks every service how it is, with the proof of whoever wants to know: each finds out by itself that they may. What
 * does not answer in time is left out. A refusal is none: it is thrown.
 */
export const showPlatform =
  ({ bus, clock, answerMs = standardMs }: ShowPlatformDependencies) =>
  async ({ manager: { proof } }: Readonly<{ manager: Readonly<{ proof: string }> }>): Promise<PlatformStatus> => {
    const options = { proof, timeoutMs: answerMs };
    const copiesOf = async (service: ServiceName): Promise<[ServiceName, readonly CopyStatus[]]> => [
      service,
      (await answered(bus.askEvery(ShowStatus[service], {}, options))) ?? [],
    ];
    const [copies, letters, found] = await Promise.all([
      Promise.all(serviceNames.map(copiesOf)),
      answered(bus.ask(CountDeadLetters, {}, options)),
      answered(bus.ask(ShowPolicyFindings, {}, options)),
    ]);
    const said = { copies: Object.fromEntries(copies), deadLetters: letters?.consumers ?? null };
    return platformOf({ ...said, findings: found?.findings ?? null }, clock.now().toISOString());
  };

/** `undefined` for what is down, or broke there. */
async function answered<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Fault && (error.code === 'UNAVAILABLE' || error.code === 'INTERNAL')) return undefined;
    throw error;
  }
}
