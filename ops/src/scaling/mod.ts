export { counted } from './counted.ts';
export { chosen, measured, perCall } from './figures.ts';
export { type Limit, limitsOf } from './limits.ts';
export { copiesFor, type Need, type OwnFigures, type Scale, scaleFor, type Wanted } from './scale.ts';
export { scaleText } from './shown.ts';
export { cpuMsOf, type Deciding, type EventOfCall, edgeCpuMsOf, entryMs, factMs, writeMs, writesOf } from './work.ts';
