export { openTypesetter, type Asset, type Sheet, type Typesetter } from './typeset/typesetter.ts';
