export { type BooksSource, readBooks } from './read.ts';
export { type Books, type Told, verifyBooks } from './verify.ts';
