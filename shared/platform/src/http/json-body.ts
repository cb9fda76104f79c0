import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { invalidField } from '../fault/mod.ts';
import { type JsonShape, misshapen } from './json-shape.ts';

export type JsonBodyOptions = Partial<JsonShape> &
  Readonly<{ limitBytes: number; maxDepth: number; types: readonly string[] }>;

/** No route takes a body with more values: 250 messages with a tool's arguments each have a tenth of it. */
const standard = { maxItems: 1_000, maxNodes: 10_000 };

/** The bytes of signed bodies, for as long as their requests live. */
const signedBytes = new WeakMap<object, Uint8Array>();
const noBytes = new Uint8Array(0);
/** The bytes of a body that was read here and that its sender signed (RFC 9421); none of any other. */
export const signedBodyOf = (request: Request): Uint8Array => signedBytes.get(request) ?? noBytes;

const inert = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads a JSON body: UTF-8, not compressed, bounded in bytes, depth and number of values before anything is made of it.
 * Keys that reach into prototypes are refused. Any other body is rejected with INVALID_REQUEST or PAYLOAD_TOO_LARGE.
 */
export function jsonReader({ limitBytes, types, ...shape }: JsonBodyOptions) {
  const limits = { ...standard, ...shape };
  const verify = (request: IncomingMessage, _response: unknown, bytes: Buffer, charset: string): void => {
    onlyUtf8(bytes, charset);
    const wrong = misshapen(bytes, limits);
    if (wrong !== undefined) throw invalidField('(body)', wrong);
    if (request.headers['signature-input'] !== undefined) signedBytes.set(request, bytes);
  };
  const parse = express.json({ limit: limitBytes, type: [...types], inflate: false, strict: true, verify });
  return async (request: Request, response: Response): Promise<unknown> => {
    // A body that is not read would look like an empty request.
    const isEmpty = request.get('content-length') === '0';
    if (!isEmpty && request.is([...types]) === false)
      throw invalidField('(body)', `must be sent as ${types.join(' or ')}`);
    await new Promise<void>((resolve, reject) =>
      parse(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error))),
    );
    inspect(request.body, limits.maxDepth, '');
    return request.body;
  };
}

/** The same as a middleware, for every route behind it. */
export function jsonBody(options: JsonBodyOptions): RequestHandler {
  const read = jsonReader(options);
  return async (request, response, next) => {
    await read(request, response);
    next();
  };
}

/**
 * Express also reads UTF-7, UTF-16 and UTF-32, and replaces bytes that are not UTF-8: a filter in front of us would see
 * another body.
 */
function onlyUtf8(bytes: Buffer, charset: string): void {
  if (charset !== 'utf-8' || !isUtf8(bytes)) throw invalidField('(body)', 'must be plain UTF-8');
}

/** Throws when a value is too deep or has a forbidden key. It uses a stack of its own: depth is the hostile part. */
export function inspect(body: unknown, maxDepth: number, at: string): void {
  const todo: { value: unknown; depth: number; path: string }[] = [{ value: body, depth: 0, path: at }];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.depth >= maxDepth) throw invalidField('(body)', `must not be nested deeper than ${maxDepth}`);
    for (const key of Object.keys(next.value)) {
      const path = next.path === '' ? key : `${next.path}.${key}`;
      if (inert.has(key)) throw invalidField(path, 'is not a name that a field may have');
      todo.push({ value: (next.value as Record<string, unknown>)[key], depth: next.depth + 1, path });
    }
  }
}
