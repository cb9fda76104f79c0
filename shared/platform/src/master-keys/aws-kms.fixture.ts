import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../time/mod.ts';
import { type Heard, jsonServer, type Said } from './kms-server.fixture.ts';

export const arnOf = (id: string): string => `arn:aws:kms:eu-central-1:123456789012:key/${id}`;
export const awsUser = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'canary/K7MDENG/bPxRfiCYzEXAMPLEKEY' };

const refusal = (__type: string, status = 400): Said => ({ status, body: { __type, message: null } });
const mac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Verifies a signature from what came over the wire alone, and answers what KMS would when it is not sound. */
function unsigned({ method, path, headers, body }: Heard, secret: string, nowMs: number): Said | undefined {
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=(\w{64})$/.exec(
      headers.authorization ?? '',
    );
  if (found === null) return refusal('IncompleteSignature');
  const [, id, day = '', region = '', service = '', names = '', signature] = found;
  if (id !== awsUser.accessKeyId) return refusal('UnrecognizedClientException');
  const time = String(headers['x-amz-date']);
  const [, year, month, date, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? [];
  const saidMs = Date.parse(`${year}-${month}-${date}T${hour}:${minute}:${second}Z`);
  if (!(Math.abs(saidMs - nowMs) < 300_000) || !time.startsWith(day)) return refusal('InvalidSignatureException');
  const signed = names.split(';');
  for (const name of ['host', 'x-amz-date', 'x-amz-target', 'content-type'])
    if (!signed.includes(name)) return refusal('InvalidSignatureException');
  const headerLines = signed.map((name) => `${name}:${String(headers[name]).trim()}\n`).join('');
  const canonical = `${method}\n${path}\n\n${headerLines}\n${names}\n${hex(body)}`;
  const toSign = `AWS4-HMAC-SHA256\n${time}\n${day}/${region}/${service}/aws4_request\n${hex(canonical)}`;
  const key = mac(mac(mac(mac(`AWS4${secret}`, day), region), service), 'aws4_request');
  const isSound = mac(key, toSign).toString('hex') === signature && service === 'kms' && region === 'eu-central-1';
  return isSound ? undefined : refusal('InvalidSignatureException');
}

type Blob = Readonly<{ arn: string; version: number; nonce: string; tag: string; sealed: string }>;
type Asked = Readonly<{
  KeyId?: string;
  Plaintext?: string;
  CiphertextBlob?: string;
  EncryptionContext?: Readonly<Record<string, string>>;
}>;

/** A key management service that speaks as AWS KMS does: it signs nothing off that is not signed for it. */
export async function awsKmsServer(clock: Clock, ids: readonly string[]) {
  const keys = new Map(ids.map((id) => [arnOf(id), [randomBytes(32)]]));
  const disabled = new Set<string>();
  let secret = awsUser.secretAccessKey;
  const boundTo = ({ EncryptionContext = {} }: Asked): Buffer =>
    Buffer.from(JSON.stringify(Object.entries(EncryptionContext).sort()));

  function encrypt(arn: string, asked: Asked): Said {
    const versions = keys.get(arn) ?? [];
    const version = versions.length - 1;
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', versions[version] as Buffer, nonce).setAAD(boundTo(asked));
    const bytes = Buffer.concat([cipher.update(Buffer.from(asked.Plaintext ?? '', 'base64')), cipher.final()]);
    const [sealed, tag] = [bytes.toString('base64'), cipher.getAuthTag().toString('base64')];
    const blob: Blob = { arn, version, nonce: nonce.toString('base64'), tag, sealed };
    const CiphertextBlob = Buffer.from(JSON.stringify(blob)).toString('base64');
    return { status: 200, body: { CiphertextBlob, KeyId: arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' } };
  }
  function decrypt(arn: string, asked: Asked): Said {
    try {
      const blob = JSON.parse(Buffer.from(asked.CiphertextBlob ?? '', 'base64').toString()) as Blob;
      if (blob.arn !== arn) return refusal('com.amazonaws.kms#IncorrectKeyException');
      const key = keys.get(arn)?.[blob.version] as Buffer;
      const cipher = createDecipheriv('aes-256-gcm', key, Buffer.from(blob.nonce, 'base64'))
        .setAAD(boundTo(asked))
        .setAuthTag(Buffer.from(blob.tag, 'base64'));
      const bytes = Buffer.concat([cipher.update(Buffer.from(blob.sealed, 'base64')), cipher.final()]);
      return { status: 200, body: { KeyId: arn, Plaintext: bytes.toString('base64') } };
    } catch {
      return refusal('InvalidCiphertextException');
    }
  }
  const server = await jsonServer((heard) => {
    const unproved = unsigned(heard, secret, clock.now().getTime());
    if (unproved !== undefined) return unproved;
    const asked = JSON.parse(heard.body) as Asked;
    const [arn = '', action] = [asked.KeyId, heard.headers['x-amz-target']];
    if (!keys.has(arn)) return refusal('NotFoundException');
    if (action === 'TrentService.DescribeKey')
      return {
        status: 200,
        body: { KeyMetadata: { Arn: arn, Enabled: !disabled.has(arn), CreationDate: 1_700_000_000.25 } },
      };
    if (disabled.has(arn)) return refusal('DisabledException');
    if (action === 'TrentService.Encrypt') return encrypt(arn, asked);
    return action === 'TrentService.Decrypt' ? decrypt(arn, asked) : refusal('UnknownOperationException');
  });
  return {
    ...server,
    disable: (id: string) => disabled.add(arnOf(id)),
    /** What AWS does each year to a key that rotates by itself: its ARN stays, its bytes are new ones. */
    rotateInside: (id: string) => keys.get(arnOf(id))?.push(randomBytes(32)),
    /** From now on only this secret key is believed. */
    demandSecret: (text: string): void => {
      secret = text;
    },
  };
}
