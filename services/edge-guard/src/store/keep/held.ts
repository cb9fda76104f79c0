/** Documents that are held in memory, and whether all that is known of them has arrived. */
export type Held<T> = Readonly<{ get: (key: string) => T | undefined; current: () => boolean }>;
