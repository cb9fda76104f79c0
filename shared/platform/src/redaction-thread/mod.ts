export { type Redactor, type RedactorBounds, redactor } from './redactor.ts';
