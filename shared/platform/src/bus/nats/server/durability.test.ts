import { describe, expect, it } from 'vitest';
import { natsServerConfig } from './config.ts';
import { durabilityText } from './durability.ts';

const one = {
  ...{ name: 'vox', serverName: 'n1', listen: '0.0.0.0:6222', password: 'a b"c' },
  routes: ['n1:6222', 'n2:6222', 'n3:6222'],
};

describe('the configuration of a server of NATS', () => {
  it('writes each fact through to the disk where that is asked for, and says nothing of it elsewhere', () => {
    expect(natsServerConfig({}, undefined, { syncAlways: true })).toContain('jetstream: { sync_interval: always }');
    expect(natsServerConfig({})).not.toContain('jetstream: {');
  });
  it('of a cluster names itself and the others, and lets no server in without the password', () => {
    const text = durabilityText({ cluster: one });
    expect(text).toContain('server_name: "n1"');
    expect(text).toContain('authorization: { user: "route", password: "a b\\"c", timeout: 3 }');
    expect(text).toContain('"nats-route://route:a%20b%22c@n2:6222"');
    expect(text).not.toContain('tls');
  });
  it('of a cluster with an authority hears only servers whose certificate it signed', () => {
    const tls = { certificate: '/s.crt', key: '/s.key', authority: '/ca.crt' };
    expect(durabilityText({ cluster: { ...one, tls } })).toContain(
      'tls: { cert_file: "/s.crt", key_file: "/s.key", ca_file: "/ca.crt", verify: true, min_version: "1.3" }',
    );
  });
});
