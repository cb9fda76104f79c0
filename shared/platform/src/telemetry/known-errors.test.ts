import { JetStreamApiError } from '@nats-io/jetstream';
import { MongoServerError } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { Fault } from '../fault/mod.ts';
import { whatBroke } from './mod.ts';

const mongo = (code: number): Error => new MongoServerError({ message: 'canary', code });
const stream = (code: number): Error => new JetStreamApiError({ code: 503, err_code: code, description: 'canary' });

describe('a server that takes nothing more', () => {
  it.each<readonly [string, Error, string, RegExp, RegExp]>([
    ['a full stream', stream(10_077), 'nats', /the stream is full, or its server cannot write/, /max_bytes/],
    ['a full disk of NATS', stream(10_047), 'nats', /no disk left for streams/, /max_file_store/],
    ['an account of NATS without room', stream(10_002), 'nats', /no room left/, /disk of the server/],
    ['a cluster of NATS without a leader', stream(10_008), 'nats', /no leader/, /most of its servers/],
    ['a NATS without JetStream', stream(10_039), 'nats', /without JetStream/, /-js/],
    ['a full disk of MongoDB', mongo(14_031), 'mongodb', /its disk is full/, /disk/],
    ['a MongoDB that only reads', mongo(10_107), 'mongodb', /not the primary/, /there is a primary/],
    ['a MongoDB that has just stepped down', mongo(189), 'mongodb', /not the primary/, /there is a primary/],
    ['a MongoDB whose other members are gone', mongo(64), 'mongodb', /too few members confirm/, /most members/],
  ])('is named in our own words with what to check: %s', (_what, error, dependency, says, check) => {
    for (const each of [error, new Fault('UNAVAILABLE', {}, { cause: error })]) {
      const told = whatBroke(each);
      expect(told).toMatchObject({
        dependency,
        says: expect.stringMatching(says),
        check: expect.stringMatching(check),
      });
      expect(JSON.stringify(told)).not.toMatch(/canary|\{setting\}/);
    }
  });
});
