import type { Request, Response } from 'express';
import type { z } from 'zod';

/** What every check and every command may look at, whatever stands before it. */
export type Asked = Readonly<{
  request: Request;
  response: Response;
  /** The body as JSON. Rejects with Fault INVALID_REQUEST or PAYLOAD_TOO_LARGE. */
  readBody: () => Promise<unknown>;
}>;

/**
 * What a check does while its store does not answer: `deny` refuses, `degrade` does with less, `allow` lets pass, and
 * `per policy` does what the tenant chose. A check with `no store` asks nobody, or what this process has in memory.
 */
export type WhenDown = 'deny' | 'degrade' | 'allow' | 'per policy' | 'no store' | 'as its checks say';

/**
 * One check of a request. `Uses` is what it works with, `Needs` is what earlier checks have found out, and `Adds` is
 * what it finds out itself. It refuses by throwing a Fault.
 */
export type Check<Uses, Needs, Adds> = Readonly<{
  name: string;
  whenDown: WhenDown;
  run: (dependencies: Uses) => (context: Needs) => Adds | Promise<Adds>;
  /** Runs when a later check refuses or the command fails. What it throws is answered in the place of `error`. */
  afterRefusal?: (dependencies: Uses) => (context: Needs & Adds, error: unknown) => Promise<void>;
  /** What the API's document shows of it. */
  shows?: Readonly<{ query?: z.ZodObject; body?: z.ZodObject }>;
}>;

/** Any check, whatever it needs. */
export type AnyCheck = Check<never, never, unknown>;

/** Reads the types of a check from its functions. */
export const check = <Uses, Needs, Adds>(given: Check<Uses, Needs, Adds>): Check<Uses, Needs, Adds> => given;
