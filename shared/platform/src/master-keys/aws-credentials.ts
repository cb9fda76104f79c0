import { isIP } from 'node:net';
import { z } from 'zod';
import type { Clock } from '../time/mod.ts';
import type { AskText, TextAnswer } from './ask-kms.ts';
import { KmsFailure } from './kms-failure.ts';
import type { AwsCredentials } from './sign-v4.ts';

export type PassingCredentials = AwsCredentials & Readonly<{ expiresAtMs: number }>;

/** So long before their end others are asked for; until then the old ones do. */
const renewMs = 300_000;
/** So long nobody asks again who was answered with nothing, while the old ones still do. */
const retryMs = 10_000;

/**
 * Credentials that end by themselves, and are asked for anew before they do. Who needs them while they are asked for
 * waits for the same answer. Rejects with KmsFailure when there are none that are good.
 */
export function passing(ask: () => Promise<PassingCredentials>, clock: Clock): () => Promise<AwsCredentials> {
  let kept: PassingCredentials | undefined;
  let askAgainAtMs = 0;
  let asking: Promise<PassingCredentials> | undefined;
  const renewed = (): Promise<PassingCredentials> => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
  return async () => {
    const nowMs = clock.now().getTime();
    const good = kept !== undefined && nowMs < kept.expiresAtMs ? kept : undefined;
    if (good !== undefined && (nowMs < good.expiresAtMs - renewMs || nowMs < askAgainAtMs)) return good;
    try {
      kept = await renewed();
      return kept;
    } catch (error) {
      if (good === undefined) throw error;
      askAgainAtMs = nowMs + retryMs;
      return good;
    }
  };
}

const accessKeyId = z.string().regex(/^[A-Z0-9]{16,128}$/);
const base64 = (longest: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9/+=]+$/)
    .max(longest);
const Given = z
  .object({
    AccessKeyId: accessKeyId,
    SecretAccessKey: base64(128),
    Token: base64(8_192),
    Expiration: z.iso.datetime({ offset: true }),
  })
  .transform(({ AccessKeyId, SecretAccessKey, Token, Expiration }) => ({
    ...{ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: Token },
    expiresAtMs: Date.parse(Expiration),
  }));

function given(who: string, { status }: TextAnswer, value: unknown, error = ''): PassingCredentials {
  const read = status === 200 ? Given.safeParse(value) : undefined;
  if (read?.success) return read.data;
  throw new KmsFailure(
    read === undefined ? `${who} answered ${status} ${error}`.trim() : `${who} answered with no credentials`,
  );
}

/** Where the agents of ECS and EKS answer: link-local addresses, or the machine itself. No name is believed. */
const agents = new Set(['169.254.170.2', '169.254.170.23', 'fd00:ec2::23']);
/** Whether credentials may be asked for at a URL. Whoever could name another would have a token sent to it. */
export function isCredentialsUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const isHere = host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
  const isAgent = agents.has(host) || isHere;
  return isAgent && /^https?:$/.test(protocol) && username === '' && password === '';
}

export type ContainerOptions = Readonly<{ url: string; token: () => string | undefined; ask: AskText }>;

/** What the agent of a container gives (ECS task roles, EKS Pod Identity). */
export const containerCredentials =
  ({ url, token, ask }: ContainerOptions) =>
  async (): Promise<PassingCredentials> => {
    const authorization = token();
    const headers = { accept: 'application/json', ...(authorization !== undefined && { authorization }) };
    const answer = await ask({ method: 'GET', url, headers });
    return given('the agent of the container', answer, jsonOf(answer.text));
  };

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export type WebIdentityOptions = Readonly<{ url: string; roleArn: string; token: () => string; ask: AskText }>;

/** Errors of STS that a log may name (API reference: AssumeRoleWithWebIdentity, and common errors). */
const knownErrors = new Set([
  ...['AccessDenied', 'ExpiredTokenException', 'IDPCommunicationError', 'IDPRejectedClaim', 'InvalidIdentityToken'],
  ...['RegionDisabledException', 'Throttling', 'ValidationError', 'InternalFailure', 'ServiceUnavailable'],
]);
/** The text of an element. What STS answers has each of these once, without attributes. */
function textIn(xml: string, name: string): string | undefined {
  const [, rest] = xml.split(`<${name}>`, 2);
  return rest?.split(`</${name}>`, 1)[0]?.trim();
}

/** What STS gives for a token of the cluster (IRSA: `AssumeRoleWithWebIdentity`, STS API 2011-06-15). */
export const webIdentityCredentials =
  ({ url, roleArn, token, ask }: WebIdentityOptions) =>
  async (): Promise<PassingCredentials> => {
    const wanted = { Action: 'AssumeRoleWithWebIdentity', Version: '2011-06-15', RoleArn: roleArn };
    const body = new URLSearchParams({ ...wanted, RoleSessionName: 'vox', WebIdentityToken: token() }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await ask({ method: 'POST', url, headers, body });
    const read = (name: string) => textIn(answer.text, name);
    const [Token, code = ''] = [read('SessionToken'), read('Code')];
    const value = { AccessKeyId: read('AccessKeyId'), SecretAccessKey: read('SecretAccessKey'), Token };
    const error = knownErrors.has(code) ? code : '';
    return given('AWS STS', answer, { ...value, Expiration: read('Expiration') }, error);
  };
