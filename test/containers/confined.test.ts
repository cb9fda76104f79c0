import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

type Service = Readonly<{
  image: string;
  profiles?: readonly string[];
  read_only?: boolean;
  cap_drop?: readonly string[];
  cap_add?: readonly string[];
  security_opt?: readonly string[];
  privileged?: boolean;
  restart?: string;
  user?: string;
  logging?: Readonly<{ driver: string; options: Readonly<Record<string, string>> }>;
  deploy?: Readonly<{ resources?: Readonly<{ limits?: Readonly<Record<string, string | number>> }> }>;
  ports?: readonly string[];
  volumes?: readonly string[];
  build?: Readonly<{ target: string }>;
  healthcheck?: object;
  depends_on?: Readonly<Record<string, object>>;
}>;
const { services } = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true, maxAliasCount: -1 }) as {
  services: Record<string, Service>;
};
const all = Object.entries(services);
const names = all.map(([name]) => name);
const serviceOf = (name: string): Service => services[name] as Service;

describe('a container of docker compose', () => {
  it.each(names)('writes only to what is mounted, and gains no right: %s', (name) => {
    expect(serviceOf(name)).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    expect(serviceOf(name).privileged).toBeUndefined();
  });
  it('has a capability only where an entrypoint gives up being root', () => {
    const able = all.filter(([, { cap_add = [] }]) => cap_add.length > 0);
    expect(able.map(([name]) => name)).toEqual(['mongo']);
    expect(serviceOf('mongo').cap_add).toEqual(['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID']);
  });
  it('of VOX runs as a user without rights, but for the one that signals NATS', () => {
    const own = all.filter(([, { image }]) => image.startsWith('vox'));
    expect(own.filter(([, { user }]) => user !== 'node').map(([name]) => name)).toEqual(['nats-reload']);
  });
  it.each(names)('has limits of processors, memory and processes: %s', (name) => {
    const limits = serviceOf(name).deploy?.resources?.limits;
    expect(Object.keys(limits ?? {}).sort()).toEqual(['cpus', 'memory', 'pids']);
  });
  it.each(names)('keeps a log that does not grow for ever: %s', (name) => {
    expect(serviceOf(name).logging).toEqual({ driver: 'json-file', options: { 'max-size': '10m', 'max-file': '5' } });
  });
  it.each(names)('is reached from this machine alone: %s', (name) => {
    for (const port of serviceOf(name).ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  });
  it('leaves Redis more memory than it may fill', () => {
    const { command } = serviceOf('redis') as unknown as { command: string[] };
    const most = Number.parseInt(command[command.indexOf('--maxmemory') + 1] ?? '', 10);
    const limit = Number.parseInt(String(serviceOf('redis').deploy?.resources?.limits?.memory), 10);
    expect(limit).toBeGreaterThan(most * 1.25);
  });
});

describe('the profiles of docker compose', () => {
  it('run what only development needs from an image of its own', () => {
    for (const [name, { image, profiles = [], build }] of all)
      if (image.startsWith('vox')) {
        const isDev = profiles.includes('dev');
        expect([image.startsWith('vox-dev:'), build?.target], name).toEqual([isDev, isDev ? 'dev' : 'product']);
      }
  });
  it('show traces, metrics, alerts and dashboards of one configuration, which is there', () => {
    const observers = all.filter(([, { profiles = [] }]) => profiles.includes('observability'));
    expect(observers.map(([name]) => name).sort()).toEqual([
      'alertmanager',
      'collector',
      'grafana',
      'jaeger',
      'prometheus',
    ]);
    const read = observers.flatMap(([, { volumes = [] }]) =>
      volumes.filter((volume) => volume.startsWith('./')).map((volume) => volume.split(':')),
    );
    for (const [path = '', , mode] of read) {
      expect(path, path).toMatch(/^\.\/ops\/observability\//);
      expect([existsSync(path), mode], path).toEqual([true, 'ro']);
    }
  });
  it('let NATS read its configuration again before the layout of the bus is applied', () => {
    expect(Object.keys(serviceOf('bus').depends_on ?? {})).toContain('nats-reload');
    expect(Object.keys(serviceOf('nats-reload').depends_on ?? {})).toEqual(['secrets', 'nats-ready']);
  });
});
