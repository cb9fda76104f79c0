import { z } from 'zod';
import type { Clock } from '../time/mod.ts';
import type { AskKms, KmsAnswer } from './ask-kms.ts';
import type { GuardKms } from './guard-kms.ts';
import type { MasterKeyHolder } from './holder.ts';
import { KmsFailure } from './kms-failure.ts';
import { type AwsCredentials, signV4 } from './sign-v4.ts';

export type AwsKmsOptions = Readonly<{
  /** ARNs of symmetric keys, newest first. What stands under a key that is not among them is not opened. */
  keys: readonly [string, ...string[]];
  /** Scheme and host of each request; left out, that of the region in the key's ARN. */
  url?: string | undefined;
  /** Asked for each request: they may be rotated while the service runs. It may reject with KmsFailure. */
  credentials: () => AwsCredentials | Promise<AwsCredentials>;
  ask: AskKms;
  guard: GuardKms;
  clock: Clock;
}>;

export const awsKeyArn = /^arn:(aws|aws-cn|aws-us-gov):kms:([a-z]{2}[a-z0-9-]{3,30}):\d{12}:key\/[A-Za-z0-9-]{1,64}$/;

/** Errors of KMS that a log may name (docs.aws.amazon.com/kms/latest/APIReference: common errors and each action's). */
const knownErrors = new Set([
  ...['AccessDeniedException', 'DependencyTimeoutException', 'DisabledException', 'DryRunOperationException'],
  ...['ExpiredTokenException', 'IncompleteSignature', 'IncorrectKeyException', 'InvalidArnException'],
  ...['InvalidCiphertextException', 'InvalidGrantTokenException', 'InvalidKeyUsageException'],
  ...['InvalidSignatureException', 'KMSInternalException', 'KMSInvalidStateException', 'KeyUnavailableException'],
  ...['LimitExceededException', 'NotFoundException', 'ThrottlingException', 'UnrecognizedClientException'],
]);
/** The bytes, the context or the key are others: asked again, it would say the same. */
const doesNotOpen = new Set(['InvalidCiphertextException', 'IncorrectKeyException']);

const Refusal = z.object({ __type: z.string() });
const Encrypted = z.object({ CiphertextBlob: z.base64().min(1) });
const Decrypted = z.object({ KeyId: z.string(), Plaintext: z.base64().min(1) });
const Described = z.object({
  KeyMetadata: z.object({ Enabled: z.boolean(), CreationDate: z.number().optional() }),
});

/** `com.amazonaws.kms#DisabledException` and `DisabledException` are one. */
const errorOf = ({ body }: KmsAnswer): string => Refusal.safeParse(body).data?.__type.split('#').at(-1) ?? '';

const failureOf = (action: string, answer: KmsAnswer): KmsFailure => {
  const error = errorOf(answer);
  return new KmsFailure(`AWS KMS answered ${answer.status} ${knownErrors.has(error) ? error : ''} to ${action}`);
};

function shaped<S extends z.ZodType>(schema: S, action: string, answer: KmsAnswer): z.infer<S> {
  const read = answer.status === 200 ? schema.safeParse(answer.body) : undefined;
  if (read?.success) return read.data;
  throw read === undefined ? failureOf(action, answer) : new KmsFailure(`AWS KMS answered ${action} in another shape`);
}

/** Keys in AWS KMS, by its JSON protocol. The context is the encryption context, which KMS binds and logs. */
export function awsKms({ keys, url, credentials, ask, guard, clock }: AwsKmsOptions): MasterKeyHolder {
  const [newest] = keys;
  async function call(action: string, keyId: string, body: object): Promise<KmsAnswer> {
    const [, partition, region = ''] = awsKeyArn.exec(keyId) ?? [];
    const target = new URL(url ?? `https://kms.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`);
    const text = JSON.stringify({ ...body, KeyId: keyId });
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `TrentService.${action}` };
    const wanted = { method: 'POST', host: target.host, headers, body: text } as const;
    const signed = signV4(wanted, { region, service: 'kms' }, await credentials(), clock.now());
    return ask({ method: 'POST', url: target.origin, headers: signed, body: text });
  }
  const contextOf = (context: string) => ({ EncryptionContext: { 'vox:context': context } });
  return {
    provider: 'aws-kms',
    wrap: (dataKey, context) =>
      guard(async () => {
        const asked = { Plaintext: dataKey.toString('base64'), ...contextOf(context) };
        const { CiphertextBlob } = shaped(Encrypted, 'Encrypt', await call('Encrypt', newest, asked));
        return { keyId: newest, sealed: CiphertextBlob };
      }),
    async open({ keyId, sealed }, context) {
      if (!keys.includes(keyId)) return undefined;
      return guard(async () => {
        const answer = await call('Decrypt', keyId, { CiphertextBlob: sealed, ...contextOf(context) });
        if (answer.status === 400 && doesNotOpen.has(errorOf(answer))) return undefined;
        return Buffer.from(shaped(Decrypted, 'Decrypt', answer).Plaintext, 'base64');
      });
    },
    isNewest: ({ keyId }) => keyId === newest,
    newest: () =>
      guard(async () => {
        const { KeyMetadata } = shaped(Described, 'DescribeKey', await call('DescribeKey', newest, {}));
        if (!KeyMetadata.Enabled) throw new KmsFailure('AWS KMS says that the newest master key is not enabled');
        const { CreationDate: seconds } = KeyMetadata;
        return { keyId: newest, createdAt: seconds === undefined ? undefined : new Date(seconds * 1_000) };
      }),
  };
}
