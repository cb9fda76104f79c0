import { describe, expect, it } from 'vitest';
import { oldestServers, oldServer } from './oldest-servers.ts';

describe('a server that a service meets', () => {
  it.each([
    ['nats', '2.11.9', 'the NATS server is of version 2.11.9, and VOX needs 2.12 or newer: upgrade the server'],
    ['nats', '2.9.0', 'the NATS server is of version 2.9.0, and VOX needs 2.12 or newer: upgrade the server'],
    ['mongodb', '6.0.14', 'MongoDB is of version 6.0.14, and VOX needs 7.0 or newer: upgrade the server'],
    ['redis', '6.2.7', 'Redis is of version 6.2.7, and VOX needs 7.0 or newer: upgrade the server'],
  ] as const)('is named with what to do when %s has the version %s', (server, version, sentence) => {
    expect(oldServer(server, version)).toBe(sentence);
  });
  it.each([
    ['nats', '2.12.0'],
    ['nats', '2.15.2-beta'],
    ['nats', '3.0.0'],
    ['mongodb', '8.0.4'],
    ['redis', '8.0.0'],
    ['redis', undefined],
    ['redis', 'unknown'],
  ] as const)('is not named when %s has the version %s', (server, version) => {
    expect(oldServer(server, version)).toBeUndefined();
  });
  it('may have just the oldest version', () => {
    for (const [server, version] of Object.entries(oldestServers))
      expect(oldServer(server as 'nats', `${version}.0`)).toBeUndefined();
  });
});
