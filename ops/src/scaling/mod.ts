export { chosen, measured, perCall } from './figures.ts';
export { type Limit, limitsOf } from './limits.ts';
export { type Need, type OwnFigures, type Scale, scaleFor, type Wanted } from './scale.ts';
export { scaleText } from './shown.ts';
