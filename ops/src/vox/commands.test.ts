import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type MemoryBus, memoryBus } from '@vox/shared/bus';
import { PutTenant, TenantDraft } from '@vox/shared/contracts';
import { silentLog } from '@vox/shared/telemetry';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { voxCommand } from './commands.ts';
import { openOperatorDoor, operatorDoor } from './operator-door.ts';

const example = fileURLToPath(new URL('../../../docs/tenant.json', import.meta.url));

describe('the vox command, through the door of a house in one process', () => {
  let folder: string;
  let bus: MemoryBus;
  let door: { close: () => Promise<void> };
  const said: unknown[] = [];
  const printed: string[] = [];
  const run = (...args: string[]) => {
    const ask = operatorDoor(folder);
    if (ask === undefined) throw new Error('no door');
    const vox = voxCommand({
      ask,
      actor: 'operator:test',
      requestId: 'r1',
      say: (answer) => void said.push(answer),
      print: async (text) => void printed.push(text),
    });
    return vox.exitOverride().parseAsync(args, { from: 'user' });
  };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vox-operator-'));
    bus = memoryBus();
    door = await openOperatorDoor(bus, folder, silentLog);
    said.length = 0;
    printed.length = 0;
  });
  afterEach(async () => {
    await door.close();
    await bus.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('puts the tenant of the documentation, which is a good one', async () => {
    const drafts: unknown[] = [];
    await bus.answer(PutTenant, async ({ draft }) => {
      drafts.push(TenantDraft.parse(draft));
      return { tenantId: 'acme', version: 1, created: true };
    });
    await run('tenant', 'put', example);
    expect(drafts).toMatchObject([{ tenantId: 'acme', timeZone: 'Europe/Madrid' }]);
    expect(said).toEqual([{ tenantId: 'acme', version: 1, created: true }]);
  });
  it('tells a refusal with the fields that are wrong, and a file that cannot be read by its name', async () => {
    await expect(run('tenant', 'show', 'Not A Tenant')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(run('tenant', 'put', '/nowhere.json')).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      answer: { issues: [{ path: '/nowhere.json' }] },
    });
  });
  it('asks nothing of a door whose secret it does not know, and only what an operator may ask', async () => {
    const note = (await import('node:fs')).readFileSync(join(folder, '.vox', 'operator.json'), 'utf8');
    const { url, secret } = JSON.parse(note) as { url: string; secret: string };
    const post = (path: string, authorization: string) =>
      fetch(url + path, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: '{}' });
    expect((await post('/ask/auth/tenant-show', 'Bearer wrong')).status).toBe(401);
    expect((await post('/ask/auth/nothing', `Bearer ${secret}`)).status).toBe(404);
  });
  it('finds no door once the house is closed', async () => {
    await door.close();
    expect(operatorDoor(folder)).toBeUndefined();
    door = { close: async () => undefined };
  });
});
