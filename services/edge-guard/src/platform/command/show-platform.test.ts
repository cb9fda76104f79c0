import { CountDeadLetters, type ServiceName, ShowPolicyFindings, ShowStatus } from '@vox/contracts';
import { asService, type MemoryBus, memoryBus } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import { answerStatus } from '@vox/platform/status';
import { stoppedClock } from '@vox/platform/time';
import { describe, expect, it } from 'vitest';
import { showPlatform } from './show-platform.ts';

const clock = stoppedClock('2026-11-30T12:00:00.000Z');
const copy = { name: 'host:1', startedAt: clock.now(), state: () => 'working' as const };
const up = (bus: MemoryBus, service: ServiceName) => answerStatus(bus, { service, bus: asService(bus, service), copy });
const shown = (bus: MemoryBus, proof = 'a-proof') =>
  showPlatform({ bus: asService(bus, 'edge-guard'), clock, answerMs: 50 })({ manager: { proof } });

describe('an operator who asks how the installation is', () => {
  it('is shown who answers; who is down, hangs or breaks is left out and takes nothing else away', async () => {
    const bus = memoryBus();
    await up(bus, 'quota');
    await bus.answer(ShowStatus.auth, () => new Promise(() => undefined));
    await bus.answer(ShowStatus.compliance, async () => {
      throw new Error('broken');
    });
    await bus.answer(CountDeadLetters, async () => ({ consumers: [{ consumer: 'quota-ends', letters: 2 }] }));
    const status = await shown(bus);
    expect(status.services.flatMap(({ service, copies }) => (copies.length > 0 ? [service] : []))).toEqual(['quota']);
    expect(status).toMatchObject({
      at: '2026-11-30T12:00:00.000Z',
      deadLetters: [{ consumer: 'quota-ends', letters: 2 }],
      findings: null,
    });
  });
  it('is asked for their own proof by each service', async () => {
    const bus = memoryBus();
    const proofs: unknown[] = [];
    await bus.answer(ShowPolicyFindings, async (_asked, { proof, isOperator }) => {
      proofs.push(proof, isOperator);
      return { findings: [] };
    });
    expect(await shown(bus, 'proof-of-ada')).toMatchObject({ findings: [], deadLetters: null });
    expect(proofs).toEqual(['proof-of-ada', false]);
  });
  it('hears a refusal as one, and not as silence', async () => {
    const bus = memoryBus();
    await bus.answer(ShowStatus.quota, async () => {
      throw new Fault('AUTH_REQUIRED');
    });
    await expect(shown(bus)).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
  });
});
