import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { Reason } from '@vox/platform/fault';
import type { CertificateFacts } from '../facts.ts';
import type { Places } from '../settings.ts';

const timeoutMs = 3_000;

/** A server that shows a certificate, and the authorities that are believed there beside the public ones. */
export type CertificatePlace = Readonly<{
  of: string;
  host: string;
  port: number;
  ca: string | undefined;
  /** NATS says something in plain text before TLS begins. */
  greetsFirst?: boolean;
}>;

/** The address of a server that speaks TLS, by its URL. */
function placeOf(of: string, address: string, port: number, ca: string | undefined): CertificatePlace[] {
  // The hosts of a replica set are no URL; the first one stands for all.
  const first = address.replace(/^([a-z+]+:\/\/(?:[^@/]*@)?)([^,/?]+)[^/?]*/i, '$1$2');
  if (!URL.canParse(first)) return [];
  const { hostname, port: given } = new URL(first);
  return [{ of, host: hostname.replace(/^\[|\]$/g, ''), port: given === '' ? port : Number(given), ca }];
}

/** Every server of which the settings say that it speaks TLS. */
export function certificatePlaces(places: Places): CertificatePlace[] {
  const { NATS_URL: nats = [], NATS_CA, REDIS_URL: redis, REDIS_CA, MONGODB_URI: mongo, MONGODB_CA, door } = places;
  const mongoTls = MONGODB_CA !== undefined || /[?&](tls|ssl)=true/.test(mongo ?? '');
  const secured = nats.filter((each) => NATS_CA !== undefined || each.startsWith('tls:'));
  return [
    ...secured
      .flatMap((each) => placeOf(`NATS (${each.replace(/^.*:\/\//, '')})`, each, 4_222, NATS_CA))
      .map((place) => ({ ...place, greetsFirst: true })),
    ...(redis !== undefined && (REDIS_CA !== undefined || redis.startsWith('rediss:'))
      ? placeOf('Redis', redis, 6_379, REDIS_CA)
      : []),
    ...(mongo?.startsWith('mongodb:') && mongoTls ? placeOf('MongoDB', mongo, 27_017, MONGODB_CA) : []),
    ...(door?.startsWith('https:') ? placeOf('the public door', door, 443, undefined) : []),
  ];
}

async function opened({ host, port, greetsFirst = false }: CertificatePlace): Promise<Socket> {
  const socket = connectPlain({ host, port });
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    await once(socket, 'connect', { signal });
    if (greetsFirst) await once(socket, 'data', { signal });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** The certificate that a server shows. Nothing is sent to it, whether it is believed or not. */
export async function readCertificate(place: CertificatePlace): Promise<CertificateFacts> {
  const { of, host, ca } = place;
  const socket = await opened(place);
  const name = isIP(host) ? {} : { servername: host };
  const secured: TLSSocket = connect({
    socket,
    host,
    ...name,
    ...(ca !== undefined && { ca }),
    rejectUnauthorized: false,
  });
  try {
    await once(secured, 'secureConnect', { signal: AbortSignal.timeout(timeoutMs) });
    const shown = secured.getPeerX509Certificate();
    if (shown === undefined) throw new Reason('it shows no certificate');
    const code = secured.authorizationError as unknown;
    return { of, isAuthority: false, ...lifeOf(shown), disbelief: disbeliefOf(secured.authorized, String(code)) };
  } finally {
    secured.destroy();
    socket.destroy();
  }
}

const disbeliefs: Readonly<Record<string, string>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it signed itself',
};
/** Its dates are told by themselves. */
const datesOnly = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'];
const disbeliefOf = (isBelieved: boolean, code: string): string | undefined =>
  isBelieved || datesOnly.includes(code) ? undefined : (disbeliefs[code] ?? 'nobody who is believed signed it');

const lifeOf = ({ validFrom, validTo }: X509Certificate) => ({
  fromMs: Date.parse(validFrom),
  untilMs: Date.parse(validTo),
});

const onePem = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The authorities that services are given. */
export const authoritiesOf = (places: Places): CertificateFacts[] =>
  (['NATS_CA', 'REDIS_CA', 'MONGODB_CA'] as const).flatMap((of) =>
    (places[of]?.match(onePem) ?? []).map((pem) => ({
      ...{ of, isAuthority: true, disbelief: undefined },
      ...lifeOf(new X509Certificate(pem)),
    })),
  );
