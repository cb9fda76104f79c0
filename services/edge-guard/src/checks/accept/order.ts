import type { AnyCheck } from './check.ts';

type Run<One extends AnyCheck> = ReturnType<One['run']>;
type NeedsOf<One extends AnyCheck> = Parameters<Run<One>>[0];
type UsesOfOne<One extends AnyCheck> = Parameters<One['run']>[0];
type AddsOf<One extends AnyCheck> = OnlyObject<Awaited<ReturnType<Run<One>>>>;
/** A check that answers nothing adds nothing. */
type OnlyObject<Value> = Value extends object ? Value : unknown;

/** What stands in the place of a check that came too early: the compiler shows it at that check. */
export type TooEarly<Missing> = Readonly<{ 'needs what no check before it adds': Missing }>;

/**
 * The same checks, each of which finds what it needs in what stands before it; `TooEarly` in the place of one that does
 * not.
 */
export type InOrder<List extends readonly AnyCheck[], Has> = List extends readonly [
  infer First extends AnyCheck,
  ...infer Rest extends readonly AnyCheck[],
]
  ? readonly [
      Has extends NeedsOf<First> ? First : TooEarly<Exclude<keyof NeedsOf<First>, keyof Has>>,
      ...InOrder<Rest, Has & AddsOf<First>>,
    ]
  : readonly [];

/** What is known when all of them have passed. */
export type AddedBy<List extends readonly AnyCheck[], Has = unknown> = List extends readonly [
  infer First extends AnyCheck,
  ...infer Rest extends readonly AnyCheck[],
]
  ? AddedBy<Rest, Has & AddsOf<First>>
  : Has;

/** What they need besides what they add themselves. */
export type NeededBy<List extends readonly AnyCheck[], Has = unknown> = List extends readonly [
  infer First extends AnyCheck,
  ...infer Rest extends readonly AnyCheck[],
]
  ? Omit<NeedsOf<First>, keyof Has> & NeededBy<Rest, Has & AddsOf<First>>
  : unknown;

/** The dependencies of all of them. */
export type UsedBy<List extends readonly AnyCheck[]> = List extends readonly [
  infer First extends AnyCheck,
  ...infer Rest extends readonly AnyCheck[],
]
  ? UsesOfOne<First> & UsedBy<Rest>
  : unknown;
