import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ConfigError, readConfig } from './read-config.ts';
import { addressesOf, httpUrl, mongoUrl, redisUrl, urls } from './urls.ts';

const kinds = {
  NATS_URL: urls({ schemes: ['nats', 'tls'] }),
  MONGODB_URI: mongoUrl(),
  REDIS_URL: redisUrl(),
  HTTP_URL: httpUrl(),
};
type Kind = keyof typeof kinds;

const mistakeOf = (kind: Kind, text: string): string | undefined => {
  try {
    readConfig(z.object({ [kind]: kinds[kind] }), { [kind]: text });
    return undefined;
  } catch (error) {
    return (error as ConfigError).mistakes.join();
  }
};

describe('the address of something that a service needs', () => {
  it.each<[Kind, string]>([
    ['NATS_URL', 'nats://127.0.0.1:4222'],
    ['NATS_URL', 'nats://a:4222, tls://b.example.org:4222'],
    ['NATS_URL', 'nats://[::1]:4222'],
    ['NATS_URL', 'nats://nats'],
    ['MONGODB_URI', 'mongodb://127.0.0.1:27017/?directConnection=true'],
    ['MONGODB_URI', 'mongodb://user:p%40ss@a:27017,b:27018,[::1]:27019/db?replicaSet=rs0'],
    ['MONGODB_URI', 'mongodb://user:pass@router1,router2:27018/?tls=true'],
    ['MONGODB_URI', 'mongodb+srv://user:pass@cluster.example.org/?w=majority'],
    ['REDIS_URL', 'redis://:p%40ss@redis:6379/0'],
    ['REDIS_URL', 'rediss://user:pass@[::1]:6380'],
    ['REDIS_URL', 'redis+sentinel://user:p%40ss@a:26379,b,[::1]:26381/mymaster'],
    ['REDIS_URL', 'rediss+sentinel://a:26379/my.master-1?sentinelUsername=s&sentinelPassword=p'],
    ['REDIS_URL', 'redis+cluster://user:pass@a:7000,b:7001'],
    ['REDIS_URL', 'rediss+cluster://a:7000/'],
    ['HTTP_URL', 'https://api.openai.com'],
    ['HTTP_URL', 'http://localhost:8081/v1?x=1'],
  ])('%s is taken as %s', (kind, text) => {
    expect(mistakeOf(kind, text)).toBeUndefined();
  });

  it.each<[Kind, string, string]>([
    ['NATS_URL', 'hello', 'must begin with nats:// or tls://'],
    ['NATS_URL', '127.0.0.1:4222', 'must begin with'],
    ['NATS_URL', 'http://a:4222', 'must begin with'],
    ['NATS_URL', 'nats://a:4222,http://b', 'must begin with'],
    ['NATS_URL', ',', 'must begin with'],
    ['NATS_URL', 'nats://user:canary@a:4222', 'must not hold a user'],
    ['NATS_URL', 'nats://a:4222/canary', 'must end with its host'],
    ['NATS_URL', 'nats://:4222', 'must name a host'],
    ['NATS_URL', 'nats://a:0', 'port from 1 to 65535'],
    ['NATS_URL', 'nats://a:65536', 'port from 1 to 65535'],
    ['NATS_URL', 'nats://a:42x', 'port from 1 to 65535'],
    ['NATS_URL', 'nats://a:', 'port from 1 to 65535'],
    ['MONGODB_URI', 'mongo://a', 'must begin with mongodb://'],
    ['MONGODB_URI', 'mongodb:/a', 'must begin with'],
    ['MONGODB_URI', 'mongodb://user:canary@', 'must name a host'],
    ['MONGODB_URI', 'mongodb://user:canary@a,b:99999/', 'port from 1 to 65535'],
    ['MONGODB_URI', 'mongodb+srv://user:canary@a.example.org:27017', 'without a port'],
    ['MONGODB_URI', ' mongodb://user:canary@a ', 'white space around it'],
    ['MONGODB_URI', 'mongodb://user:12345/canary@a:27017', 'must write / ? # and @'],
    ['MONGODB_URI', 'mongodb://user:12345?canary@a:27017', 'must write / ? # and @'],
    ['MONGODB_URI', 'mongodb://a:27017/?canary=1', 'the MongoDB driver refuses'],
    ['MONGODB_URI', 'mongodb://a:27017/?directConnection=canary', 'the MongoDB driver refuses'],
    ['REDIS_URL', 'redis://user:12345/canary@a:6379', 'must write / ? # and @'],
    ['REDIS_URL', 'http://canary@a:6379', 'must begin with redis:// or rediss://'],
    ['REDIS_URL', 'redis://:canary@a:6379 ', 'white space around it'],
    ['REDIS_URL', 'redis://:canary@a:70000', 'port from 1 to 65535'],
    ['REDIS_URL', 'redis://a:1,b:2', 'port from 1 to 65535'],
    ['REDIS_URL', 'redis+sentinel://canary@a:26379,b:26380', 'must name the primary behind the Sentinels'],
    ['REDIS_URL', 'redis+sentinel://canary@a:26379/', 'must name the primary behind the Sentinels'],
    ['REDIS_URL', 'redis+sentinel://a:26379/x/canary', 'must name the primary behind the Sentinels'],
    ['REDIS_URL', 'redis+cluster://canary@a:7000,b:70000', 'port from 1 to 65535'],
    ['REDIS_URL', 'redis+cluster://u:can%ary@a:7000', 'as %25'],
    ['REDIS_URL', 'redis+cluster://canary@a:7000/1', 'no database but the first'],
    ['REDIS_URL', 'redis+cluster://canary@,', 'must name a host'],
    ['REDIS_URL', 'redis+canary://a:7000', 'must begin with redis:// or rediss://'],
    ['HTTP_URL', 'ftp://a/canary', 'must begin with http:// or https://'],
    ['HTTP_URL', 'https://user:canary@a/', 'must not hold a user'],
    ['HTTP_URL', 'https:// a/', 'white space'],
    ['HTTP_URL', 'https://a\u00ad.example/canary', 'ASCII'],
    ['HTTP_URL', 'https://', 'must name a host'],
  ])('%s is refused as %j: it %s', (kind, text, why) => {
    expect(mistakeOf(kind, text)).toContain(why);
    expect(mistakeOf(kind, text)).toContain(`${kind}: `);
    expect(mistakeOf(kind, text)).not.toContain('canary');
  });

  it('is never repeated in a message about its mistakes', () => {
    const secret = fc.string({ minLength: 12, unit: 'grapheme-ascii' }).filter((text) => text.trim() === text);
    const around = fc.constantFrom('nats://', 'http://', 'mongodb://u:', 'redis://:', '', ' ', 'x://');
    fc.assert(
      fc.property(around, secret, fc.constantFrom(...(Object.keys(kinds) as Kind[])), (before, text, kind) => {
        expect(mistakeOf(kind, `${before}${text}@a:99999`) ?? '').not.toContain(text);
      }),
    );
  });

  it('is logged by its hosts and ports alone', () => {
    expect(addressesOf('mongodb://user:canary@a:1,b:2/canary?x=canary')).toBe('a:1,b:2');
    expect(addressesOf('nats://a:4222', 'redis://:canary@[::1]:6379/0')).toBe('a:4222, [::1]:6379');
    expect(addressesOf('canary')).toBe('(no host)');
    expect(addressesOf('mongodb://user:canary/canary@a:1', 'redis://canary?canary@a')).toBe('(no host), (no host)');
    expect(addressesOf('redis://:can@ry@a:6379')).toBe('a:6379');
    expect(addressesOf('redis+sentinel://u:canary@a:1,b:2/canary?sentinelPassword=canary')).toBe('a:1,b:2');
  });
});
