import { busIdentities, rights } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { busAccount, natsAccounts } from './accounts.ts';
import { natsServerConfig } from './config.ts';
import { natsRightsOf } from './rights.ts';

const services = Object.keys(rights);
const configuring =
  /API\.(STREAM\.(?!INFO|MSG)|CONSUMER\.(?!INFO|MSG)|META|SERVER|ACCOUNT|>|\*)|^[>*]|\$SYS|\$JS\.>|API\.>/;

describe('the rights of a service on the bus', () => {
  it.each(services)(
    'of %s configure, purge and delete no stream, bucket or consumer, and hold no wildcard over everything',
    (service) => {
      const { publish, subscribe } = natsRightsOf(service);
      expect(publish.filter((name) => configuring.test(name))).toEqual([]);
      expect(subscribe.filter((name) => /^(\$|[>*])/.test(name))).toEqual([]);
    },
  );
  it('let only compliance delete single messages, and only of calls, transcripts and dead letters', () => {
    const erasing = services.flatMap((service) =>
      natsRightsOf(service)
        .publish.filter((name) => name.includes('MSG.DELETE'))
        .map((name) => `${service} ${name}`),
    );
    expect(erasing).toEqual(
      ['VOX_CALLS', 'VOX_TRANSCRIPTS', 'VOX_DEAD'].map((name) => `compliance $JS.API.STREAM.MSG.DELETE.${name}`),
    );
  });
  it('let whoever has consumers read dead letters, nobody but compliance read what was said, and an operator know how much', () => {
    const reading = services.flatMap((service) =>
      natsRightsOf(service).publish.flatMap((name) => {
        const [, stream] = /(?:MSG|DIRECT)\.GET\.(VOX_\w+)$/.exec(name) ?? [];
        return stream === 'VOX_DEAD' || stream === 'VOX_TRANSCRIPTS' ? [`${service} ${stream}`] : [];
      }),
    );
    expect([...new Set(reading)].sort()).toEqual([
      ...['auth VOX_DEAD', 'compliance VOX_DEAD', 'compliance VOX_TRANSCRIPTS', 'operator VOX_DEAD'],
      ...['quota VOX_DEAD', 'session-broker VOX_DEAD'],
    ]);
    const { publish } = natsRightsOf('operator');
    expect(publish.filter((name) => name.includes('VOX_TRANSCRIPTS'))).toEqual([
      '$JS.API.STREAM.INFO.VOX_TRANSCRIPTS',
      '$JS.API.CONSUMER.INFO.VOX_TRANSCRIPTS.compliance-transcripts',
    ]);
  });
  it('let only the operator drain, only the door ask with a proof how every copy is, and only compliance redeliver', () => {
    for (const identity of busIdentities) {
      const { publish } = natsRightsOf(identity);
      const asks = (names: RegExp): boolean => publish.some((name) => names.test(name));
      expect(asks(/\.(drain|copy-show)$/)).toBe(identity === 'operator');
      expect(asks(/\.(status-show|policy-findings|dead-(?:count|list|show))$/)).toBe(identity === 'edge-guard');
      expect(asks(/\.dead-(?:replay|drop)$/)).toBe(['operator', 'edge-guard'].includes(identity));
      expect(publish.some((name) => name.endsWith('.redeliver'))).toBe(identity === 'compliance');
    }
  });
  it('let only the server republish changes of a bucket and facts of a stream', () => {
    for (const identity of busIdentities)
      expect(natsRightsOf(identity).publish.filter((name) => /^(vox\.changed|told)\./.test(name))).toEqual([]);
  });
});

describe('the accounts of the bus', () => {
  const accounts = natsAccounts();
  it('are one for the streams and one for each service, and import nothing beyond the rights of their service', () => {
    expect(accounts.map(({ name }) => name)).toEqual([busAccount, ...services]);
    for (const { name, imports, users } of accounts.filter((each) => each.name !== busAccount)) {
      const own = users[0]?.rights ?? { publish: [], subscribe: [] };
      expect(users.map(({ identity }) => identity)).toEqual([name]);
      const said = imports.filter(({ kind }) => kind === 'service').map(({ subjectName }) => subjectName);
      // Without this import the server would answer for the account; no user may use it.
      expect(said.filter((each) => !own.publish.includes(each))).toEqual(['$JS.API.INFO']);
      const heard = imports.filter(({ kind }) => kind === 'stream').map(({ subjectName }) => subjectName);
      expect(
        heard.filter((each) => !own.subscribe.includes(each)),
        name,
      ).toEqual([]);
    }
  });
  it('export each subject only to the accounts that import it', () => {
    for (const { exports } of accounts) for (const each of exports) expect(each.accounts.length).toBeGreaterThan(0);
    for (const { name, imports } of accounts)
      for (const { from, subjectName, kind } of imports) {
        const giver = accounts.find((each) => each.name === from);
        const given = giver?.exports.find((each) => each.subjectName === subjectName && each.kind === kind);
        expect(given?.accounts, `${name} ${subjectName}`).toContain(name);
      }
  });
  it('are written only for names of services', () => {
    expect(() => natsServerConfig({ stranger: 'U' })).toThrow(RangeError);
    expect(natsServerConfig({})).not.toContain('nkey');
  });
});
