export { callNow } from './command/call-now.ts';
