import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Environments that a tenant tells its keys apart by. */
export const keyEnvironments = ['dev', 'staging', 'production'] as const;
export type KeyEnvironment = (typeof keyEnvironments)[number];

/** `vk` shows who asks; `vks` signs what is asked (its bytes are the key of the HMAC). */
export type MachineKeyKind = 'vk' | 'vks';
export type MachineKey = Readonly<{ kind: MachineKeyKind; env: KeyEnvironment; keyId: string }>;

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const idLength = 16;
/** 256 bits, as 43 digits of base 62 hold them. */
const secretBytes = 32;
const secretLength = 43;
const checksumLength = 6;

/** What a scanner for leaked secrets looks for. Whatever fits is a key of ours if its checksum is right. */
export const machineKeyPattern =
  /^(vks?)_(dev|staging|production)_([0-9A-Za-z]{16})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

/** A number in base 62 with leading zeros. */
function base62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest /= 62n) text = digits.charAt(Number(rest % 62n)) + text;
  return text;
}

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

/** The CRC-32 (ISO 3309) of all that stands before it. It tells a key from a typing mistake; it keeps no secret. */
const checksumOf = (text: string): string => base62(BigInt(crc32(text)), checksumLength);

/** An id with 95 random bits: two are never the same, and none can be guessed from another. */
export const newKeyId = (random: (size: number) => Uint8Array): string =>
  base62(numberOf(random(16)) % 62n ** BigInt(idLength), idLength);

export function newMachineKey({ kind, env, keyId }: MachineKey, random: (size: number) => Uint8Array): string {
  const text = `${kind}_${env}_${keyId}_${base62(numberOf(random(secretBytes)), secretLength)}`;
  return text + checksumOf(text);
}

/** What a key says of itself, or `undefined` where the text is none. That asks nobody, and proves nothing. */
export function readMachineKey(text: string): MachineKey | undefined {
  const [, kind, env, keyId, , checksum] = machineKeyPattern.exec(text) ?? [];
  if (keyId === undefined || checksum !== checksumOf(text.slice(0, -checksumLength))) return undefined;
  return { kind: kind as MachineKeyKind, env: env as KeyEnvironment, keyId };
}

/**
 * What is kept of a key: SHA-256, base64url. A slow hash protects what people choose, by making each guess cost. Nobody
 * guesses 256 random bits, so it would only slow whoever has the key.
 */
export const machineKeyHash = (key: string): string => hash('sha256', key, 'base64url');
