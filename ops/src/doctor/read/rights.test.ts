import { busIdentities } from '@vox/contracts';
import { natsServerConfig, newServiceKey } from '@vox/platform/bus';
import { describe, expect, it } from 'vitest';
import { rightsIn, usersIn } from './rights.ts';

const keys = Object.fromEntries(busIdentities.map((name) => [name, newServiceKey().publicKey]));
const config = natsServerConfig(keys);

describe('the rights in the configuration of a NATS server', () => {
  it('are those of the contracts where this version wrote it', () => {
    expect(usersIn(config)).toHaveLength(busIdentities.length);
    expect(rightsIn(config)).toEqual({ tooMuch: [], tooLittle: [], strangers: [] });
  });
  it('are told where somebody gave more, fewer, or an account of another kind', () => {
    const more = config.replace(/("quota": \{[\s\S]*?publish: \{ allow: \[)/, '$1"$JS.API.STREAM.PURGE.*", ');
    expect(rightsIn(more)).toEqual({
      tooMuch: ['quota: publish $JS.API.STREAM.PURGE.*'],
      tooLittle: [],
      strangers: [],
    });
    const fewer = config.replace(/("quota": \{[\s\S]*?)"vox\.quota\.settled\.>", /, '$1');
    expect(rightsIn(fewer)).toEqual({ tooMuch: [], tooLittle: ['quota: publish vox.quota.settled.>'], strangers: [] });
    expect(rightsIn(config.replace('  "quota": {', '  "visitor": {')).strangers).toEqual(['visitor']);
  });
  it('are not guessed from a file of another form', () => {
    for (const text of ['', 'port: 4222', 'accounts: {\n  a: { users: [{ user: x, password: y }] }\n}'])
      expect(() => rightsIn(text)).toThrow('no configuration as VOX writes one');
  });
});
