/** An answer, and the texts of the Set-Cookie headers that go with it. */
export type WithCookies<Answer> = Readonly<{ answer: Answer; cookies: readonly string[] }>;
