import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { voxCommand } from '../commands.ts';
import { sentencesOf } from '../text/sentences.ts';
import { contextEnv } from './context-env.ts';
import { contextFile } from './kept-contexts.ts';

let folder: string;
let env: Record<string, string | undefined>;
let seed: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vox-contexts-'));
  env = { XDG_CONFIG_HOME: folder, HOME: folder };
  seed = join(folder, 'seed');
  writeFileSync(seed, 'SUAAA-the-canary');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function vox(...args: string[]): Promise<Readonly<{ said: unknown; sentences: readonly string[] }>> {
  let said: unknown;
  const nothing = async () => undefined;
  const operator = {
    ask: nothing as never,
    actor: 'operator:test',
    requestId: 'r1',
    note: () => undefined,
    print: nothing,
  };
  const command = voxCommand(
    { ...operator, say: (answer) => void (said = answer) },
    undefined,
    undefined,
    undefined,
    env,
  );
  const sentences = await command.parseAsync(['context', ...args], { from: 'user' }).then(() => [], sentencesOf);
  return { said, sentences };
}
const two = async (): Promise<void> => {
  await vox('add', 'prod', '--nats-url', 'tls://nats.example:4222', '--nkey-seed-file', seed);
  await vox('add', 'acme', '--url', 'https://vox.example', '--api-key-file', seed);
};

describe('contexts', () => {
  it('are kept in a file that only this user reads, which names credentials and holds none', async () => {
    await two();
    await vox('use', 'prod');
    const file = contextFile(env);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain('canary');
    expect((await vox('list')).said).toEqual([
      { name: 'prod', inUse: true, reaches: 'tls://nats.example:4222', with: seed },
      { name: 'acme', inUse: false, reaches: 'https://vox.example', with: seed },
    ]);
    await vox('remove', 'prod');
    expect((await vox('list')).said).toMatchObject([{ name: 'acme', inUse: false }]);
  });
  it('give way to what is set, and stand in the place of all that is set when they are named', async () => {
    await two();
    await vox('use', 'prod');
    const [ofBus, ofHttp] = [
      { NATS_URL: 'tls://nats.example:4222', NATS_NKEY_SEED_FILE: seed },
      { VOX_URL: 'https://vox.example', VOX_API_KEY_FILE: seed },
    ];
    expect(contextEnv(env, undefined)).toMatchObject({ context: 'prod', env: ofBus });
    const told = { ...env, NATS_URL: 'nats://here:4222', NATS_NKEY_SEED: 'SU', NATS_CA: 'x', VOX_API_KEY: 'vk' };
    expect(contextEnv(told, undefined)).toEqual({ context: undefined, env: told });
    const named = contextEnv(told, 'acme');
    expect(named).toMatchObject({ context: 'acme', env: ofHttp });
    const left = Object.entries(named.env).filter(([name, value]) => value !== undefined && /^(NATS|VOX)_/.test(name));
    expect(Object.fromEntries(left)).toEqual(ofHttp);
    await vox('use', 'none');
    expect(contextEnv(env, undefined)).toEqual({ context: undefined, env });
  });
  it('are refused with what to correct: a name, an address, a file, two ways at once, one that is not there', async () => {
    await two();
    for (const [args, said] of [
      [['add', 'Prod', '--url', 'https://a.example'], /^<name> must be 1–40 lower-case letters, .*“Prod” was given\.$/],
      [['add', 'none', '--url', 'https://a.example'], /^<name> must be .* and not none; “none” was given\.$/],
      [['add', 'x'], /^context add needs one of: --url for HTTP, --nats-url for the bus\.$/],
      [['add', 'x', '--url', 'https://a.example', '--nats-url', 'nats://a'], /^context add needs one of: --url/],
      [['add', 'x', '--url', 'http://a.example'], /^--url must begin with https:\/\//],
      [['add', 'x', '--nats-url', 'nats://ann:secret@a:4222'], /^--nats-url must be nats:\/\/(?!.*secret)/],
      [['add', 'x', '--nats-url', 'nats://a', '--api-key-file', seed], /^--api-key-file goes with --url alone\.$/],
      [
        ['add', 'x', '--url', 'https://a.example', '--nkey-seed-file', seed],
        /^--nkey-seed-file goes with --nats-url alone/,
      ],
      [
        ['add', 'x', '--nats-url', 'nats://a', '--nkey-seed-file', '/none'],
        /^--nkey-seed-file names a file that cannot be/,
      ],
      [['use', 'nobody'], /^there is no context nobody: there are prod, acme\.$/],
      [['remove', 'nobody'], /^there is no context nobody: there are prod, acme\.$/],
    ] as const)
      expect((await vox(...args)).sentences, args.join(' ')).toEqual([expect.stringMatching(said)]);
  });
  it('are not believed when others can write them, or when they are damaged', async () => {
    await two();
    const file = contextFile(env);
    chmodSync(file, 0o640);
    expect(() => contextEnv(env, undefined)).toThrow(/is open to others: run `chmod 600/);
    chmodSync(file, 0o600);
    for (const text of [
      '',
      '{',
      '{"current":null}',
      '{"current":null,"contexts":{"x":{"url":"https://a","apiKey":"vk"}}}',
    ]) {
      writeFileSync(file, text);
      expect(() => contextEnv(env, undefined), text).toThrow(/is not as vox wrote it/);
    }
  });
});
