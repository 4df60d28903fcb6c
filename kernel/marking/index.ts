export { isMarkable } from './kinds.ts';
export { openMarker, type Marker } from './marker.ts';
export { newTrace, TRACE, type Mark } from './mark.ts';
