import { X509Certificate as Certificate, createPrivateKey, randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

/** A certificate and its private key, both in PEM. */
export type Certified = Readonly<{ certificate: string; key: string }>;

const dayMs = 24 * 3_600_000;
const authorityDays = 3_650;
/** A server's certificate is made anew when less than a third of this is left. */
const serverDays = 398;
const remainingDaysMin = serverDays / 3;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

x509.cryptoProvider.set(webcrypto);

const newPair = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({
    format: 'pem',
    type: 'pkcs8',
  }) as string;
}

/** A positive serial number of 16 bytes (RFC 5280, 4.1.2.2). */
const serialNumber = (): string => `4${randomBytes(16).toString('hex').slice(1)}`;
/** From a little before, for clocks that are late. */
const lifeFrom = (nowMs: number, days: number) => ({
  notBefore: new Date(nowMs - dayMs),
  notAfter: new Date(nowMs + days * dayMs),
});

/** A new authority. It signs certificates of servers and nothing else, and no authority under it. */
export async function newAuthority(name: string, nowMs: number): Promise<Certified> {
  const keys = await newPair();
  const { KeyUsageFlags: usage } = x509;
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    ...{
      serialNumber: serialNumber(),
      name: `CN=${name}`,
      ...lifeFrom(nowMs, authorityDays),
      signingAlgorithm: algorithm,
      keys,
    },
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(usage.keyCertSign | usage.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: `${made.toString('pem')}\n`, key: await pemOf(keys.privateKey) };
}

/** A new certificate of a server that is reached under `names`: host names and IP addresses. */
export async function newServerCertificate(
  authority: Certified,
  names: readonly [string, ...string[]],
  nowMs: number,
): Promise<Certified> {
  const keys = await newPair();
  const issuer = new x509.X509Certificate(authority.certificate);
  const signingKey = await webcrypto.subtle.importKey(
    'pkcs8',
    createPrivateKey(authority.key).export({ format: 'der', type: 'pkcs8' }),
    algorithm,
    false,
    ['sign'],
  );
  const made = await x509.X509CertificateGenerator.create({
    ...{
      serialNumber: serialNumber(),
      subject: `CN=${names[0]}`,
      issuer: issuer.subject,
      ...lifeFrom(nowMs, serverDays),
    },
    ...{ signingAlgorithm: algorithm, publicKey: keys.publicKey, signingKey },
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value }))),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: `${made.toString('pem')}\n`, key: await pemOf(keys.privateKey) };
}

/** Whether a certificate still serves: this authority signed it, for these names, and it has a third of its life. */
export function stillServes(certificate: string, authority: string, names: readonly string[], nowMs: number): boolean {
  const held = new Certificate(certificate);
  const signs = new Certificate(authority);
  const isFor = (name: string): boolean => (isIP(name) ? held.checkIP(name) : held.checkHost(name)) !== undefined;
  return (
    held.checkIssued(signs) &&
    held.verify(signs.publicKey) &&
    names.every(isFor) &&
    Date.parse(held.validTo) - nowMs > remainingDaysMin * dayMs
  );
}
