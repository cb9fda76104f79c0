import express, { type RequestHandler } from 'express';
import { Fault } from '../fault/mod.ts';

export type JsonBodyOptions = Readonly<{ limitBytes: number; maxDepth: number; types: readonly string[] }>;

const inert = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads a JSON body: UTF-8, not compressed, bounded in bytes and depth. Keys that reach into prototypes are refused.
 * Anything else answers INVALID_REQUEST or PAYLOAD_TOO_LARGE.
 */
export function jsonBody({ limitBytes, maxDepth, types }: JsonBodyOptions): RequestHandler[] {
  const parse = express.json({ limit: limitBytes, type: [...types], inflate: false, strict: true });
  const check: RequestHandler = (request, _response, next) => {
    inspect(request.body, maxDepth, '');
    next();
  };
  return [parse, check];
}

/** Throws when the value is too deep or has a key that must not be. It walks with a stack of its own: depth is what is hostile here. */
export function inspect(body: unknown, maxDepth: number, at: string): void {
  const todo: { value: unknown; depth: number; path: string }[] = [{ value: body, depth: 0, path: at }];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.depth >= maxDepth) throw refused('(body)', `must not be nested deeper than ${maxDepth}`);
    for (const key of Object.keys(next.value)) {
      const path = next.path === '' ? key : `${next.path}.${key}`;
      if (inert.has(key)) throw refused(path, 'is not a name that a field may have');
      todo.push({ value: (next.value as Record<string, unknown>)[key], depth: next.depth + 1, path });
    }
  }
}

const refused = (path: string, message: string): Fault => new Fault('INVALID_REQUEST', { issues: [{ path, message }] });
