import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCompliance } from '@vox/compliance/service';
import { type AuditLine, KeyRevoked, makeFact } from '@vox/contracts';
import { memoryStores } from '@vox/local/stores';
import { memoryBus } from '@vox/platform/bus';
import { givenMasterKeys } from '@vox/platform/master-keys';
import { silentLog as log } from '@vox/platform/telemetry';
import { stoppedClock } from '@vox/platform/time';
import { settled } from '@vox/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { voxCommand } from '../../commands.ts';
import { moment } from '../../options/arguments.ts';

describe('vox audit', () => {
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  const bus = memoryBus({ clock });
  const folder = mkdtempSync(join(tmpdir(), 'vox-audit-'));
  const file = join(folder, 'export.ndjson');
  const keys = join(folder, 'keys.json');
  let service: { stop: () => Promise<void> };
  let said: unknown[] = [];
  let printed = '';

  const run = async (...args: string[]): Promise<string> => {
    [said, printed] = [[], ''];
    const print = async (text: string) => void (printed += text);
    const vox = voxCommand({
      ask: bus.ask,
      actor: 'operator:test',
      requestId: randomUUID(),
      say: (answer) => void said.push(answer),
      note: () => undefined,
      print,
    });
    await vox
      .exitOverride()
      .configureOutput({ writeErr: () => undefined })
      .parseAsync(['audit', ...args], { from: 'user' });
    return printed;
  };
  const revoke = async (id: string, reason: string) => {
    const by = { actor: 'operator:=1+1', reason, requestId: 'request-1' };
    const data = { tenantId: 'acme', widgetKey: 'w_acme_site_0123456789abcdef', ...by };
    await bus.publish(KeyRevoked, makeFact(KeyRevoked, { id, source: 'auth', at: clock.now() }, data));
    await settled(bus);
    clock.advanceMs(60_000);
  };
  beforeAll(async () => {
    service = await startCompliance({
      ...{ bus, clock, log, uuid: randomUUID, random: randomBytes, ...memoryStores() },
      ...{ masterKeys: givenMasterKeys([randomBytes(32)]), sweepMs: 60_000, retentionSweepMs: 3_600_000 },
    });
    for (let n = 0; n < 5; n += 1)
      await revoke(`f${n}`, n === 3 ? '=HYPERLINK("http://evil")' : `\u001b[31mreason ${n}`);
    writeFileSync(file, await run('export', 'acme'));
    await run('keys');
    writeFileSync(keys, JSON.stringify(said[0]));
  });
  afterEach(() => {
    process.exitCode = 0;
  });
  afterAll(async () => {
    await service.stop();
    await bus.close();
    rmSync(folder, { recursive: true });
  });
  const exported = (): AuditLine[] =>
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditLine);
  const verified = async (text: string): Promise<string> => {
    const changed = join(folder, 'changed.ndjson');
    writeFileSync(changed, text);
    return run('verify', '--file', changed, '--keys', keys);
  };

  it('list shows one entry on a line, and no entry reaches the terminal as a command', async () => {
    const lines = (await run('list', 'acme', '--action', 'key.*', '--limit', '2')).trim().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(
      /^ +5 {2}2026-05-05T12:04:00.000Z {2}done .* key.revoke {2}key:w_acme_site_0123456789abcdef/,
    );
    expect(lines.join()).not.toContain('\u001b');
  });
  it('list takes only the entries of a time, and says what a time must look like', async () => {
    expect(
      (await run('list', 'acme', '--from', '2026-05-05T12:01', '--to', '2026-05-05T12:03:00Z')).match(/key.revoke/g),
    ).toHaveLength(2);
    for (const wrong of ['yesterday', '2026-13-01', '12:00']) expect(() => moment(wrong)).toThrow(/a day or a moment/);
    expect(moment('2026-05-05')).toBe('2026-05-05T00:00:00.000Z');
  });
  it('verify says in words that a log is sound, and exits with 0', async () => {
    expect(await run('verify', 'acme')).toMatch(/^acme: sound. \d+ entries/);
    expect(process.exitCode).toBe(0);
    expect(await run('verify', '--file', file, '--keys', keys)).toMatch(/: sound. 5 entries \(1 to 5\)/);
    expect(process.exitCode).toBe(0);
  });
  it('verify names the first entry of a file that was changed, lost or cut off, and exits with 1', async () => {
    const lines = exported();
    const text = (changed: readonly AuditLine[]) => changed.map((line) => `${JSON.stringify(line)}\n`).join('');
    const whole = readFileSync(file, 'utf8');
    const at = lines.findIndex((line) => line.kind === 'entry' && line.sequence === 3);
    expect(await verified(text(lines.with(at, { ...lines[at], actor: 'operator:eve' } as AuditLine)))).toMatch(
      /BROKEN. Entry 3 was changed/,
    );
    expect(process.exitCode).toBe(1);
    expect(await verified(whole.replace('"sequence":3', '"sequence":#'))).toMatch(/BROKEN. Entry 3 was changed/);
    expect(await verified(text(lines.slice(0, at)))).toMatch(/BROKEN. Entry 3 is cut off/);
    expect(await verified(text(lines.toSpliced(at, 1)))).toMatch(/BROKEN. Entry 3 is missing/);
    expect(await verified(whole.slice(0, whole.indexOf('"sequence":4')))).toMatch(
      /BROKEN. Entry 4 is cut off.* Line 5 of/,
    );
    expect(await verified(whole.slice(0, 9))).toMatch(/BROKEN. Entry 1 is cut off/);
  });
  it('verify says what a file is that is no export, and exits with 1', async () => {
    const csv = await run('export', 'acme', '--format', 'csv');
    const anew = csv.replace(/,/g, ';');
    for (const text of [csv, `\ufeff${csv}`, anew]) expect(await verified(text)).toMatch(/NOT VERIFIED: this is CSV/);
    for (const text of ['', '\n', ' \r\n']) expect(await verified(text)).toMatch(/NOT VERIFIED: the file is empty/);
    const listed = JSON.stringify([{ sequence: 1 }], null, 2);
    for (const text of [listed, 'PK\u0003\u0004', '<html>', '{"keys":[]}'])
      expect(await verified(text)).toMatch(/NOT VERIFIED: this is no export/);
    expect(process.exitCode).toBe(1);
    // Without its first line it is still an export: somebody took that line away.
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(await verified(lines.slice(1).join('\n'))).toMatch(/BROKEN/);
  });
  it('verify recognises an export of another tenant, and keys that did not sign the file', async () => {
    expect(await run('verify', 'globex', '--file', file, '--keys', keys)).toMatch(/NOT VERIFIED: .* another tenant/);
    expect(await run('verify', 'acme', '--file', file, '--keys', keys)).toMatch(/: sound/);
    const elsewhere = join(folder, 'elsewhere.json');
    const key = { kid: randomUUID(), x: randomBytes(32).toString('base64url'), createdAt: '2026-05-05T12:00:00.000Z' };
    writeFileSync(elsewhere, JSON.stringify({ keys: [key] }));
    expect(await run('verify', '--file', file, '--keys', elsewhere)).toMatch(
      /NOT VERIFIED: its key is not in the file/,
    );
  });
  it('verify counts the entries of an excerpt, and names the line of a broken entry', async () => {
    const excerpt = await run('export', 'acme', '--from', '2026-05-05T12:01', '--to', '2026-05-05T12:03:00Z');
    expect(await verified(excerpt)).toMatch(
      /: sound. 2 entries of an excerpt \(from 2026-05-05T12:01:00.000Z, to .*\), the first of them entry 2, the last 3, 1 signed pages met/,
    );
    const changed = excerpt.replace('"sequence":3', '"sequence":#');
    expect(await verified(changed)).toMatch(/BROKEN. Entry 3 .* Line 3 of the file. .* 1 entries of an excerpt/);
  });
  it('verify accepts nothing with the keys of somebody else', async () => {
    const foreign = join(folder, 'foreign.json');
    const [mine] =
      (said[0] as { keys: [{ kid: string }] } | undefined)?.keys ??
      (JSON.parse(readFileSync(keys, 'utf8')) as { keys: [{ kid: string }] }).keys;
    const x = randomBytes(32).toString('base64url');
    writeFileSync(foreign, JSON.stringify({ keys: [{ kid: mine.kid, x, createdAt: '2026-05-05T12:00:00.000Z' }] }));
    expect(await run('verify', '--file', file, '--keys', foreign)).toMatch(/BROKEN/);
    await expect(run('verify', '--file', file, '--keys', file)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(run('verify', '--file', file)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
  it('export writes CSV that no spreadsheet takes for a formula', async () => {
    const rows = (await run('export', 'acme', '--format', 'csv', '--action', 'key.revoke')).trim().split('\r\n');
    expect(rows[0]).toMatch(/^sequence,time,outcome,actor,action,target,reason,/);
    expect(rows).toHaveLength(6);
    expect(rows[4]).toContain(`"'=HYPERLINK(""http://evil"")"`);
    for (const row of rows) expect(row).not.toMatch(/(^|,)"?[=+@-]/);
  });
});
