import { createHash, createHmac } from 'node:crypto';

export type AwsCredentials = Readonly<{
  accessKeyId: string;
  secretAccessKey: string;
  /** Of credentials that end by themselves. */
  sessionToken?: string | undefined;
}>;

export type AwsScope = Readonly<{ region: string; service: string }>;

type Request = Readonly<{
  method: 'GET' | 'POST';
  /** With its port where it is none of the scheme's own, as it stands in the Host header. */
  host: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}>;

const algorithm = 'AWS4-HMAC-SHA256';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/**
 * The headers of a request to the path `/` without a query, with its signature (AWS Signature Version 4: the page
 * `reference_sigv-create-signed-request` of the IAM User Guide). Every header that is given is signed, with `host` and
 * the date. The signature is good for minutes, so `at` must be the true time.
 */
export function signV4(
  { method, host, headers, body }: Request,
  { region, service }: AwsScope,
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
  at: Date,
): Record<string, string> {
  const time = at.toISOString().replace(/[-:]|\.\d+/g, '');
  const day = time.slice(0, 8);
  const sent: Record<string, string> = {
    ...headers,
    host,
    'x-amz-date': time,
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  };
  const lines = Object.entries(sent)
    .map(([name, value]) => [name.toLowerCase(), value.trim().replace(/ +/g, ' ')] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const names = lines.map(([name]) => name).join(';');
  const canonical = [method, '/', '', ...lines.map((line) => line.join(':')), '', names, sha256(body)].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const signature = hmac(key as Buffer, [algorithm, time, scope, sha256(canonical)].join('\n')).toString('hex');
  const authorization = `${algorithm} Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...sent, authorization };
}
