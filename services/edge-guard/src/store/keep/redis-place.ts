type Host = Readonly<{ host: string; port: number }>;
type Credentials = Readonly<{ username?: string; password?: string }>;

/** Where Redis is. Each word of the address is decoded. */
export type RedisPlace = Readonly<{ isTls: boolean; hosts: readonly Host[]; letsIn: Credentials }> &
  Readonly<{ kind: 'server' } | { kind: 'cluster' } | { kind: 'sentinel'; primary: string; sentinel: Credentials }>;

const form = /^redis(s?)(?:\+(sentinel|cluster))?:\/\/(?:([^/?#@]*)@)?([^/?#@]*)(?:\/([^?]*))?(?:\?(.*))?$/i;
const ports = { server: 6_379, cluster: 6_379, sentinel: 26_379 };

/**
 * Takes an address of Redis apart, as `redisUrl` of the configuration lets it pass. The user and the password are those
 * of the servers that count; Sentinels that want some have `sentinelUsername` and `sentinelPassword`.
 */
export function redisPlaceOf(address: string): RedisPlace {
  const [, tls, group, user, hosts = '', path = '', query = ''] = form.exec(address) ?? [];
  const kind = (group?.toLowerCase() ?? 'server') as RedisPlace['kind'];
  const shared = {
    isTls: tls?.toLowerCase() === 's',
    hosts: hosts
      .split(',')
      .filter((host) => host !== '')
      .map((host) => hostOf(host, ports[kind])),
    letsIn: credentialsOf(user),
  };
  if (kind !== 'sentinel') return { ...shared, kind };
  const asked = new URLSearchParams(query);
  const sentinel = given(asked.get('sentinelUsername') ?? '', asked.get('sentinelPassword') ?? '');
  return { ...shared, kind, primary: path, sentinel };
}

function hostOf(text: string, usual: number): Host {
  const [, name = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(text) ?? [];
  return { host: name.replace(/^\[|\]$/g, ''), port: port === undefined ? usual : Number(port) };
}

function credentialsOf(text = ''): Credentials {
  const [, username = '', password = ''] = /^([^:]*)(?::(.*))?$/s.exec(text) ?? [];
  return given(decodeURIComponent(username), decodeURIComponent(password));
}

const given = (username: string, password: string): Credentials => ({
  ...(username !== '' && { username }),
  ...(password !== '' && { password }),
});
